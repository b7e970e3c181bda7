#!/usr/bin/env bash
# Makes the AOT cache of the image: has the service do what it is there for, and ends it.
# train.sh <directory of the service, with start.sh> <directory of examples of what SendPulse posts>
set -euo pipefail
# Lengths are in bytes.
export LC_ALL=C
# Jobs have process groups of their own, and end with all that they have started.
set -m

app=$1
samples=("$2"/*.json)
cache=$app/app.aot
clients=4
posts=500
token=token-of-the-training-run
password=password-of-the-training-run
login="Authorization: Basic $(printf 'user:%s' "$password" | base64)"
# All in all. A machine that is emulated for another architecture takes minutes.
deadline=$((SECONDS + 900))
# For one answer.
patience=60

work=$(mktemp --directory)
log=$work/service.log
: >"$log"
service=

clean_up() {
	if [[ -n $service ]]; then
		kill -KILL -- "-$service" 2>/dev/null || true
	fi
	rm --recursive --force "$work"
}
trap clean_up EXIT

fail() {
	tail --lines=40 "$log" >&2 || true
	echo "No AOT cache was made: $1 Above is the end of the service's log." >&2
	rm --force "$cache" "$cache.config"
	exit 1
}

runs() {
	kill -0 "$service" 2>/dev/null
}

check_time() {
	((SECONDS < deadline)) || fail "it took too long $1."
}

check() {
	runs || fail "the service ended $1."
	check_time "$1"
}

await_port() {
	local started='Tomcat started on port ([0-9]+)'
	until [[ $(<"$log") =~ $started ]]; do
		check "before it was ready"
		sleep 0.2
	done
	port=${BASH_REMATCH[1]}
}

# Prints the answer to a request for a page, with a header if one is given. HTTP/1.0 has no chunks.
get() {
	exec 3<>"/dev/tcp/127.0.0.1/$port"
	printf '%s\r\n' "GET $1 HTTP/1.0" 'Host: localhost' "${@:2}" '' >&3
	timeout "$patience" cat <&3
	exec 3>&-
}

expect_page() {
	local answer
	answer=$(get "$@") || fail "GET $1 was not answered."
	[[ ${answer%%$'\r'*} == *' 200'* ]] || fail "GET $1 was answered with '${answer%%$'\r'*}'."
}

# The service closes a connection after a hundred requests.
post_all() {
	local client=$1 number sample body
	for ((number = 0; number < posts; number++)); do
		((SECONDS < deadline)) || return 1
		if ((number % 50 == 0)); then
			exec 3<>"/dev/tcp/127.0.0.1/$port"
		fi
		sample=${bodies[number % ${#bodies[@]}]}
		# What was posted before would be recognised.
		body=${sample/'"name"'/"\"training\": \"$client-$number\", \"name\""}
		printf 'POST /webhooks/%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
			"$token" "${#body}" "$body" >&3
		read_answer
	done
}

# Leaves nothing of the answer behind, so that the next one can follow.
read_answer() {
	local status line length=0
	IFS= read -r -t "$patience" -u 3 status
	while IFS= read -r -t "$patience" -u 3 line && [[ $line != $'\r' ]]; do
		[[ ${line,,} != content-length:* ]] || length=${line//[!0-9]/}
	done
	IFS= read -r -t "$patience" -u 3 -N "$length" line
	if [[ $status != *' 200'* ]]; then
		echo "A post was answered with '$status' $line" >&2
		return 1
	fi
}

await_handled() {
	until [[ $(get '/api/events?status=open&limit=1' "$login") == *'"items":[]'* ]]; do
		check "before all events were handled"
		sleep 0.2
	done
}

await_end() {
	while runs; do
		check_time "before the cache was written"
		sleep 0.2
	done
}

bodies=()
for sample in "${samples[@]}"; do
	# Nobody is waiting for what cannot be read.
	[[ $sample == *MALFORMED* ]] || bodies+=("$(<"$sample")")
done

rm --force "$cache"
JDK_JAVA_OPTIONS="-XX:AOTCacheOutput=app.aot -Djava.io.tmpdir='$work'" "$app/start.sh" \
	--server.address=127.0.0.1 --server.port=0 --pulsehook.data-dir="$work/data" --pulsehook.token="$token" \
	--spring.security.user.password="$password" >"$log" 2>&1 &
service=$!
await_port
expect_page /actuator/health/readiness

workers=()
for ((client = 0; client < clients; client++)); do
	post_all "$client" &
	workers+=($!)
done
for worker in "${workers[@]}"; do
	wait "$worker" || fail "not all events were accepted."
done
await_handled
expect_page '/api/events?limit=50' "$login"
expect_page /console "$login"
expect_page /console/login

kill -TERM "$service"
await_end
service=
[[ -s $cache ]] || fail "the service ended without writing it."
echo "$((clients * posts)) events were posted; $cache has $(($(wc --bytes <"$cache") / 1048576)) MB."
