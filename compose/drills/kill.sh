#!/usr/bin/env bash
# A member is killed (SIGKILL) and started again later.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill kill "member-3 is killed, and started again later"
say "broken: member-3 is killed"
compose kill -s SIGKILL member-3
broken
say "mended: member-3 starts"
compose start member-3
mended
verdict
