#!/usr/bin/env bash
# member-3 hears the others, but they do not hear it.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill one-way "member-3 hears the others, but they do not hear it"
mute member-3 member-1
mute member-3 member-2
broken
unmute member-3 member-1
unmute member-3 member-2
mended
verdict
