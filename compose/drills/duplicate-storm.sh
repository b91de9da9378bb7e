#!/usr/bin/env bash
# Clients send every request three times, and a member is cut off meanwhile.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
TIMES=3
drill duplicate-storm "clients send every request three times, and member-3 is cut off meanwhile"
unplug grid member-3
broken
plug grid member-3
mended
verdict
