#!/usr/bin/env bash
# Every member is cut off from every other. Whoever books is the only one.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill split-no-majority "every member is cut off from every other"
for member in $MEMBERS; do unplug grid "$member"; done
broken
for member in $MEMBERS; do plug grid "$member"; done
mended
verdict
