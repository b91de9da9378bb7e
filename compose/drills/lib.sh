# What the drills for docker share: a load on every member, faults, and the checks at the end. Read by the scripts beside it.
# Needs docker with the compose plugin, curl, and a shell that is bash 3.2 or newer.
set -u

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
MEMBERS="member-1 member-2 member-3"
BEFORE=${BEFORE:-10}   # seconds of load before the fault
BROKEN=${BROKEN:-30}   # seconds that it lasts
AFTER=${AFTER:-20}     # seconds of load after it
PATIENCE=${PATIENCE:-60} # seconds until the cluster has to be one again
TIMES=${TIMES:-1}      # how often each request is sent
PAUSE=${PAUSE:-0.05}   # seconds between two calls of a client
TOOLS=${TOOLS:-nicolaka/netshoot:v0.13}

RUN=$(date +%s)
WORK=$(mktemp -d)
PAYER="8${RUN}1" PAYEE="8${RUN}2"
MENDED=0

say() { printf '%s  %s\n' "$(date -u +%H:%M:%S)" "$*"; }
fail() { say "FAILED: $*"; exit 1; }

compose() { docker compose -f "$HERE/../docker-compose.yml" "$@"; }
container() { compose ps -aq "$1"; }
address() { case "$1" in member-1) echo 172.30.71.11 ;; member-2) echo 172.30.71.12 ;; member-3) echo 172.30.71.13 ;; esac; }
url() { case "$1" in member-1) echo http://127.0.0.1:8081 ;; member-2) echo http://127.0.0.1:8082 ;; member-3) echo http://127.0.0.1:8083 ;; esac; }

# ---------------------------------------------------------------------------------------------------------- asking

# The operator's API key: of the environment, or the one that the members in docker have made.
key() {
  if [ -n "${PARTITA_KEY:-}" ]; then printf '%s' "$PARTITA_KEY"
  elif [ -n "${PARTITA_KEY_FILE:-}" ]; then cat "$PARTITA_KEY_FILE"
  else compose exec -T member-1 cat /keys/operator.key
  fi
}

# curl with that key, which is in a file, since others on this machine see command lines.
ask() { curl -s -H "@$WORK/bearer" "$@"; }

introduce() {
  local secret
  secret=$(key) && [ -n "$secret" ] || fail "there is no key to ask with: is the cluster up? docker compose -f compose/docker-compose.yml up -d --wait"
  printf 'Authorization: Bearer %s\n' "$secret" >"$WORK/bearer"
}

# ---------------------------------------------------------------------------------------------------------- faults

# Takes a network away from a service, as if the cable were pulled: unplug grid member-3.
unplug() { say "broken: $2 loses the network $1"; docker network disconnect "partita-$1" "$(container "$2")"; }

# Gives it back, under the address that the others know.
plug() {
  say "mended: $2 has the network $1 again"
  case "$1" in
    grid) docker network connect --ip "$(address "$2")" partita-grid "$(container "$2")" ;;
    *) docker network connect --alias "$2" "partita-$1" "$(container "$2")" ;;
  esac
}

# Runs a tool in the network of a service, with the right to change it.
tool() {
  local service=$1
  shift
  docker run --rm --network "container:$(container "$service")" --cap-add NET_ADMIN "$TOOLS" "$@"
}

# What one member sends to another is dropped without a word, in this direction only: mute member-3 member-1.
mute() { say "broken: $2 does not hear $1"; tool "$2" iptables -A INPUT -s "$(address "$1")" -j DROP; }
unmute() { say "mended: $2 hears $1 again"; tool "$2" iptables -D INPUT -s "$(address "$1")" -j DROP; }

# Everything that a service sends takes so much longer: slow member-3 250ms.
slow() {
  say "broken: what $1 sends takes $2 longer"
  tool "$1" sh -c "for card in \$(ls /sys/class/net | grep eth); do tc qdisc add dev \$card root netem delay $2; done"
}
unslow() {
  say "mended: $1 is as fast as before"
  tool "$1" sh -c 'for card in $(ls /sys/class/net | grep eth); do tc qdisc del dev $card root; done'
}

# ---------------------------------------------------------------------------------------------------------- load

# Sends one transfer of a cent and notes what came of it: acknowledged, away (not booked, later perhaps), unknown or refused.
book() {
  local member=$1 key=$2 status code outcome body
  body=$(ask --max-time 15 -w '\n%{http_code}' -H 'Content-Type: application/json' -H "Idempotency-Key: $key" -d "{
    \"debitAccount\": \"$PAYER\", \"creditAccount\": \"$PAYEE\", \"amount\": \"0.01\", \"currency\": \"EUR\", \"reference\": \"drill-$RUN\"}" \
    "$(url "$member")/api/v1/transfers")
  status=$(printf '%s' "$body" | tail -n 1)
  code=$(printf '%s' "$body" | tr -d '\n' | sed -n 's/.*"code" *: *"\([A-Z_]*\)".*/\1/p')
  case "$status:$code" in
    20[01]:*) outcome=acknowledged ;;
    *:OUTCOME_UNKNOWN) outcome=unknown ;;
    *:OVERLOADED | *:STORE_UNAVAILABLE | *:SHARD_UNAVAILABLE | *:NOT_IN_VIEW | *:BEHIND) outcome=away ;;
    4*) outcome=refused ;;
    *) outcome=unknown ;;
  esac
  printf '%s %s %s %s %s\n' "$(date +%s)" "$member" "$key" "$outcome" "${code:-$status}" >>"$WORK/history.$member"
}

client() {
  local number=0 sent
  while [ ! -e "$WORK/stop" ]; do
    number=$((number + 1)) sent=0
    while [ "$sent" -lt "$TIMES" ]; do
      book "$1" "drill-$RUN-$1-$number"
      sent=$((sent + 1))
    done
    sleep "$PAUSE"
  done
}

open_account() {
  ask -f --max-time 15 -H 'Content-Type: application/json' -d "{\"id\": \"$1\", \"name\": \"Drill $RUN\", \"type\": \"$2\", \"currency\": \"EUR\"}" \
    "$(url member-1)/api/v1/accounts" >"$WORK/account" || fail "account $1 could not be opened on member-1: is the cluster up? docker compose -f compose/docker-compose.yml up -d --wait"
}

# Begins: what is the drill, and what must hold?
drill() {
  say "drill $1: $2"
  introduce
  open_account "$PAYER" ASSET
  open_account "$PAYEE" LIABILITY
  local member
  for member in $MEMBERS; do client "$member" & done
  trap 'touch "$WORK/stop"; wait 2>/dev/null; rm -rf "$WORK"' EXIT
  phase "before" "$BEFORE"
}

# Lets the load go on for some seconds, then tells what each client was told meanwhile.
phase() {
  local since
  since=$(date +%s)
  sleep "$2"
  cat "$WORK"/history.* 2>/dev/null | awk -v since="$since" -v phase="$1" '
    $1 >= since { n[$2]++; c[$2, $4]++; if ($4 != "acknowledged") codes[$2] = index(codes[$2], $5) ? codes[$2] : codes[$2] " " $5 }
    END { for (m in n) printf "          %-7s %s: %d acknowledged, %d turned away, %d unknown, %d refused%s\n", phase, m,
      c[m, "acknowledged"], c[m, "away"], c[m, "unknown"], c[m, "refused"], codes[m] ? "  (" substr(codes[m], 2) ")" : "" }' | sort
}

broken() { phase "broken" "${1:-$BROKEN}"; }
mended() { MENDED=$(date +%s); }

# ---------------------------------------------------------------------------------------------------------- checks

get() { ask --max-time 20 "$(url "$1")$2"; }
number() { sed -n "s/.*\"$1\" *: *\"\{0,1\}\([0-9.]*\).*/\1/p" | head -n 1; }
cents() { printf '%s' "$1" | tr -d . | sed 's/^0*\(.\)/\1/'; }

# Waits until a command succeeds, for so many seconds.
within() {
  local until=$(($(date +%s) + $1))
  shift
  until "$@"; do
    [ "$(date +%s)" -lt "$until" ] || return 1
    sleep 1
  done
}

whole() { local member; for member in $MEMBERS; do [ "$(get "$member" /api/v1/grid | tr ',{' '\n\n' | grep -c '"ownedShards"')" = "$(printf '%s\n' "$MEMBERS" | wc -w | tr -d ' ')" ] || return 1; done; }
agreed() { local member; for member in $MEMBERS; do [ "$(cents "$(get "$member" "/api/v1/accounts/$PAYEE/balance" | number creditsPosted)")" = "$1" ] || return 1; done; }
reconciled() { get member-1 "/api/v1/ledger/reconciliations/$1" | tr -d '\n' | grep -q '"status" *: *"CLEAN"'; }

# Each key whose last word is "unknown" is asked for again, until it is told.
resolve() {
  local member key until=$(($(date +%s) + PATIENCE))
  while open=$(cat "$WORK"/history.* | awk '{ last[$3] = $4; by[$3] = $2 } END { for (k in last) if (last[k] == "unknown") print by[k], k }') && [ -n "$open" ]; do
    [ "$(date +%s)" -lt "$until" ] || return 1
    while read -r member key && [ "$(date +%s)" -lt "$until" ]; do book "$member" "$key"; done <<KEYS
$open
KEYS
  done
}

acknowledged() { cat "$WORK"/history.* | awk '$4 == "acknowledged" { seen[$3] = 1 } END { for (k in seen) n++; print n + 0 }'; }

held() { printf '          held    %s\n' "$*"; }
broke() { printf '          BROKEN  %s\n' "$*"; WRONG=$((WRONG + 1)); }

# Ends: stops the load, and holds what clients were told against what the members say.
verdict() {
  WRONG=0
  phase "after" "$AFTER"
  touch "$WORK/stop"
  wait
  trap 'rm -rf "$WORK"' EXIT
  cat "$WORK"/history.* | sort -n | awk '
    { end = $1; if (!($2 in last)) last[$2] = $1 }
    $4 == "acknowledged" { if ($1 - last[$2] > gap[$2]) gap[$2] = $1 - last[$2]; last[$2] = $1 }
    END { for (m in last) if (end - last[m] > gap[m]) gap[m] = end - last[m]
          for (m in last) printf "          longest time without an acknowledgement on %s: about %d s\n", m, gap[m] }' | sort
  if within "$PATIENCE" whole; then held "the cluster is one again: every member sees all, $(($(date +%s) - MENDED)) s after the mending or less"; else broke "the cluster is not one after $PATIENCE s"; fi
  if resolve; then held "every unknown outcome is known, after asking again with the same id"; else broke "some outcomes stay unknown"; fi
  local count
  count=$(acknowledged)
  if within "$PATIENCE" agreed "$count"; then held "each member says $count: what was acknowledged is booked once, and nothing else is"
  else broke "$count were acknowledged, but the members say: $(for m in $MEMBERS; do get "$m" "/api/v1/accounts/$PAYEE/balance" | number creditsPosted; done | tr '\n' ' ')"; fi
  if [ "$(cents "$(get member-1 "/api/v1/accounts/$PAYEE/balance?consistency=strong" | number creditsPosted)")" = "$count" ]; then held "the journal says the same"
  else broke "the journal says something else"; fi
  if get member-2 /api/v1/ledger/trial-balance | tr -d '\n' | grep -q '"balanced" *: *true'; then held "debits equal credits"; else broke "the trial balance does not balance"; fi
  local id
  id=$(ask --max-time 20 -X POST "$(url member-1)/api/v1/ledger/reconciliations" | tr -d '\n' | sed -n 's/.*"id" *: *"\([0-9a-f-]*\)".*/\1/p' | head -n 1)
  if [ -n "$id" ] && within 120 reconciled "$id"; then held "the reconciliation of the whole ledger found nothing"; else broke "the reconciliation is not clean: GET /api/v1/ledger/reconciliations/$id"; fi
  if [ "$WRONG" = 0 ]; then say "PASSED"; else say "VIOLATED: $WRONG checks"; fi
  [ "$WRONG" = 0 ]
}
