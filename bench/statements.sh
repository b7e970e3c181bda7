#!/usr/bin/env bash
# Counts the statements that PostgreSQL runs for each event: see bench/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."

./mvnw -q verify -Dinvoker.skip -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=StatementsBench "$@"
cat target/bench/statements.txt
