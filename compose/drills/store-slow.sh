#!/usr/bin/env bash
# PostgreSQL answers late.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
drill store-slow "every answer of PostgreSQL takes a fifth of a second longer"
slow postgres 200ms
broken
unslow postgres
mended
verdict
