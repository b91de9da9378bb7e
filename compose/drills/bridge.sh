#!/usr/bin/env bash
# member-1 and member-3 do not see each other; member-2 sees both.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill bridge "member-1 and member-3 do not see each other, and member-2 sees both"
mute member-1 member-3
mute member-3 member-1
broken
unmute member-1 member-3
unmute member-3 member-1
mended
verdict
