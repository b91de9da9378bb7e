#!/usr/bin/env bash
# Each drill in turn, against one cluster. Ends with the number of those that failed.
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
failed=""
for drill in split split-no-majority one-way bridge flapping kill pause rolling-restart scale-out-in store-down store-slow \
  store-unreachable-from-one-side slow-network full-power-loss duplicate-storm; do
  "$HERE/$drill.sh" || failed="$failed $drill"
done
if [ -z "$failed" ]; then echo "All drills passed."; else echo "These drills failed:$failed"; exit 1; fi
