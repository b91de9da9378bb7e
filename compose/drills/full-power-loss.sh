#!/usr/bin/env bash
# Everything is killed at once, and started again.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill full-power-loss "all members and PostgreSQL are killed at once, and started again"
say "broken: everything is killed"
compose kill -s SIGKILL postgres $MEMBERS
broken 5
say "mended: everything starts"
compose start postgres $MEMBERS
mended
within 180 whole || fail "the cluster did not come back"
verdict
