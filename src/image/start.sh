#!/usr/bin/env bash
# Starts the service as its image does, in the directory of this script. Arguments are configuration.
set -euo pipefail
cd "${0%/*}"

# What a JVM is given unless JAVA_TOOL_OPTIONS or JDK_JAVA_OPTIONS chooses for itself: two collectors would not start,
# and a heap that stands here would win over one in the former.
collector=-XX:+UseSerialGC
# As much as there is, but no more than it needs: a heap begins small and grows with what is kept in it.
largest=-XX:MaxRAMPercentage=75
first=-Xms64m

chosen="${JAVA_TOOL_OPTIONS-} ${JDK_JAVA_OPTIONS-} ${_JAVA_OPTIONS-}"
options=()
[[ $chosen =~ -XX:\+Use[A-Za-z0-9]+GC ]] || options+=("$collector")
if [[ ! $chosen =~ -Xmx|MaxHeapSize|MaxRAM ]]; then
	options+=("$largest")
	[[ $chosen =~ -Xms|-Xmn|InitialHeapSize|InitialRAM ]] || options+=("$first")
fi
# A process without memory is of no use, and what it acknowledged is on disk: whoever runs the container starts it anew.
[[ $chosen =~ -XX:[+-](ExitOnOutOfMemoryError|CrashOnOutOfMemoryError)|OnOutOfMemoryError= ]] \
	|| options+=(-XX:+ExitOnOutOfMemoryError)
# There is none yet when a training run makes it. One that does not fit the JVM is told of and not used.
[[ ! -e app.aot ]] || options+=(-XX:AOTCache=app.aot)

exec java "${options[@]}" --enable-native-access=ALL-UNNAMED -cp 'app.jar:plugins/*' \
	io.pulsehook.app.PulsehookApplication "$@"
