#!/usr/bin/env bash
# One member does not reach PostgreSQL, although it reaches the others.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill store-unreachable-from-one-side "member-3 does not reach PostgreSQL, although it reaches the others"
unplug store member-3
broken
plug store member-3
mended
verdict
