#!/usr/bin/env bash
# Each member in turn is stopped in good order and started again.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill rolling-restart "each member in turn is stopped in good order and started again"
for member in $MEMBERS; do
  say "broken: $member stops"
  compose stop "$member"
  say "mended: $member starts"
  compose start "$member"
  within 120 whole || fail "$member did not come back"
done
mended
verdict
