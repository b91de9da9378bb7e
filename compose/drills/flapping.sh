#!/usr/bin/env bash
# A member is cut off and comes back, again and again.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill flapping "member-3 is cut off and comes back, again and again"
for length in 1 3 8 2 12 4; do
  unplug grid member-3
  broken "$length"
  plug grid member-3
  sleep 3
done
mended
verdict
