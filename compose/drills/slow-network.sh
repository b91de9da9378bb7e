#!/usr/bin/env bash
# Everything that the members send takes a quarter of a second longer.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill slow-network "everything that the members send takes a quarter of a second longer"
for member in $MEMBERS; do slow "$member" 250ms; done
broken
for member in $MEMBERS; do unslow "$member"; done
mended
verdict
