#!/usr/bin/env bash
# A member leaves, and joins again.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill scale-out-in "member-3 leaves in good order, and joins again"
say "broken: member-3 leaves"
compose stop member-3
broken
say "mended: member-3 joins"
compose start member-3
mended
verdict
