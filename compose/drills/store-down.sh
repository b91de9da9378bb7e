#!/usr/bin/env bash
# PostgreSQL is killed, and started again later.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill store-down "PostgreSQL is killed, and started again later"
say "broken: PostgreSQL is killed"
compose kill -s SIGKILL postgres
broken
say "mended: PostgreSQL starts"
compose start postgres
mended
verdict
