#!/usr/bin/env bash
# The main job on a fresh machine: a real Patroni cluster of three on loopback is broken the way it happened in production,
# Patroni calls it healthy, the module finds the cause, repairs it, and the rows prove it. Needs Debian 12, root or sudo, the .NET SDK.
set -Eeuo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
. tests/prerequisites.sh

lab_directory=/tmp/patroniops-demo-$(id -u)
lab=tests/PatroniOps.Lab/bin/Release/net10.0/patroniops-lab
patroniops=src/PatroniOps.Host/bin/Release/net10.0/patroniops
private=$(mktemp -d)
started=$SECONDS

lab() { "$lab" "$@" --directory "$lab_directory" 9>&-; }

leave() {
  status=$?
  trap - EXIT INT TERM HUP
  if [ -x "$lab" ] && [ -n "${is_mine:-}" ]; then lab clean >/dev/null || status=1; fi
  rm -rf "$private"
  if [ "$status" -ne 0 ]; then say "" "The demonstration failed (exit code $status)." >&2; fi
  exit "$status"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

title() { printf '\n== %s\n' "$*"; }

# Shows a command line and runs it.
run() { printf '$ %s\n' "$*"; "$@"; }

# Shows PowerShell and runs it, connected to the cluster as an operator would be. The credentials come from the environment.
ps() {
  printf 'PS> %s\n' "$1"
  "$patroniops" -Command "
    \$PSStyle.OutputRendering = 'PlainText'
    \$null = Connect-PatroniCluster -Uri $seeds -Credential \$RestCredential -PostgresCredential \$PostgresCredential
    $1"
}

# SQL on the member's PostgreSQL; the password comes from a file.
sql() { PGPASSFILE=$private/pgpass psql -X -q -At -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$1" -U "$superuser" -d postgres -c "$2"; }

# Takes addresses and credentials from lab.json into variables; none of them goes on a command line.
read_lab() {
  eval "$(python3 - "$lab_directory/lab.json" <<'PYTHON'
import json, shlex, sys
lab = json.load(open(sys.argv[1]))
members, login = lab["members"], lab["credentials"]
def out(name, value): print(f"{name}={shlex.quote(str(value))}")
out("seeds", ",".join(m["api"] for m in members))
out("config", members[0]["patroniConfig"])
for kind, m in zip(("leader", "other", "replica"), members):
    out(kind, m["name"]); out(kind + "_api", m["api"]); out(kind + "_port", m["port"])
out("superuser", login["superuser"]["username"]); out("superuser_password", login["superuser"]["password"])
out("PATRONIOPS_REST_USERNAME", login["rest"]["username"]); out("PATRONIOPS_REST_PASSWORD", login["rest"]["password"])
out("PATRONIOPS_PG_USERNAME", login["observer"]["username"]); out("PATRONIOPS_PG_PASSWORD", login["observer"]["password"])
PYTHON
)"
  export PATRONIOPS_REST_USERNAME PATRONIOPS_REST_PASSWORD PATRONIOPS_PG_USERNAME PATRONIOPS_PG_PASSWORD
  export PATRONIOPS_STATE=$private/state
  (umask 077; printf '127.0.0.1:*:*:%s:%s\n' "$superuser" "$superuser_password" > "$private/pgpass")
}

member_list() { PYTHONWARNINGS=ignore run patronictl -c patroni.yml list; }

exec 9>"$lab_directory.lock"
flock -n 9 || fail "Another demonstration of this user is running."
is_mine=1

title "Prerequisites"
check_dotnet
install_missing
say "dotnet $(dotnet --version), $(patroni --version), $(etcd --version | head -1), $(psql --version)"

title "Build"
for project in src/PatroniOps.Host tests/PatroniOps.Lab; do
  dotnet build "$project" -c Release -v quiet --disable-build-servers -clp:NoSummary >"$private/build.log" 2>&1 ||
    { cat "$private/build.log" >&2; fail "The build failed."; }
done
say "built"

title "A cluster of three on loopback"
lab clean >/dev/null
lab start
read_lab
# patronictl is shown with a file name of its own, not with the lab's directory.
cp "$config" "$private/patroni.yml"
patronictl() (cd "$private" && command patronictl "$@")
sql "$leader_port" "INSERT INTO lab.canary (note) VALUES ('before the incident')"

title "The incident: $replica is away, its slot goes, then the WAL goes; it comes back"
lab break wal-removed
sql "$leader_port" "INSERT INTO lab.canary (note) VALUES ('while $replica was stuck')"

title "What Patroni says: everything is running"
member_list
for path in health replica readiness liveness; do
  printf '$ curl %s/%s -> ' "$replica_api" "$path"
  curl -s -o /dev/null -w '%{http_code}\n' "$replica_api/$path"
done
say "but on $replica: $(sql "$replica_port" 'SELECT count(*) FROM pg_stat_wal_receiver') WAL receivers, rows '$(sql "$replica_port" "SELECT string_agg(note, ', ' ORDER BY id) FROM lab.canary WHERE note NOT LIKE 'row %'")'"

title "What PatroniOps says"
say "(each line runs in a patroniops of its own, after this one)"
say "PS> Connect-PatroniCluster -Uri $seeds -Credential \$RestCredential -PostgresCredential \$PostgresCredential"
say ""
ps 'Get-PatroniMember'
ps 'Get-PatroniSlot'
ps 'Test-PatroniCluster'
ps 'Test-WalAvailability' | tee "$private/verdict"
grep -qE "^$replica +Missing +False" "$private/verdict" || fail "The cause was not found."
ps 'Test-WalAvailability | Where-Object Status -eq Missing | ForEach-Object Reason'

title "Repair"
ps 'Test-WalAvailability | Where-Object Status -eq Missing | Invoke-ReplicaRebuild -WhatIf'
ps 'Test-WalAvailability | Where-Object Status -eq Missing | Invoke-ReplicaRebuild -Confirm:$false' 2>"$private/progress" ||
  { cat "$private/progress" >&2; fail "The repair failed."; }

title "Proof"
sql "$leader_port" "INSERT INTO lab.canary (note) VALUES ('after the repair')"
ps 'Test-WalAvailability' | tee "$private/verdict"
grep -qE "^$replica +Streaming +True" "$private/verdict" || fail "$replica does not stream."
member_list
expected="before the incident, while $replica was stuck, after the repair"
for _ in $(seq 50); do
  rows=$(sql "$replica_port" "SELECT string_agg(note, ', ' ORDER BY id) FROM lab.canary WHERE note NOT LIKE 'row %' AND note <> 'started'")
  [ "$rows" != "$expected" ] || break
  sleep 0.2
done
[ "$rows" = "$expected" ] || fail "$replica has the rows '$rows', not '$expected'."
say "rows on $replica: $rows"

title "Done in $((SECONDS - started)) s; the cluster is stopped and removed"
