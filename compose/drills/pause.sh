#!/usr/bin/env bash
# A member stops in its tracks until everybody has given it up, then goes on as if nothing had happened: the zombie.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill pause "member-3 stops in its tracks, and goes on later as if nothing had happened"
say "broken: member-3 stops"
compose pause member-3
broken
say "mended: member-3 goes on"
compose unpause member-3
mended
verdict
