#!/usr/bin/env bash
# Every member is cut off from every other. Whoever books is the only one.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill split-no-majority "every member is cut off from every other"
for member in $MEMBERS; do cut grid "$member"; done
broken
for member in $MEMBERS; do join grid "$member"; done
mended
verdict
