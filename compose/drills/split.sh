#!/usr/bin/env bash
# One member is cut off from the other two; it keeps PostgreSQL. The majority must book again, the minority must book nothing.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill split "member-3 is cut off from member-1 and member-2"
unplug grid member-3
broken
plug grid member-3
mended
verdict
