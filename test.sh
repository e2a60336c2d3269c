#!/usr/bin/env bash
# All tests, on a fresh Debian 12 machine: installs what is missing, builds, runs every suite. The last line is the plain count.
# Developers may name suites: ./test.sh unit|lab|pester|long|crash|soak|fuzz|chaos ...; the last five run only when they are named.
# What stands behind -- is the chaos soak's: ./test.sh chaos -- --minutes 5 --seed 42
set -Eeuo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
. tests/prerequisites.sh

suites=() chaos=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  suites+=("$1")
  shift
done
[ $# -eq 0 ] || chaos=("${@:2}")
[ ${#suites[@]} -gt 0 ] || suites=(all)
[ "${suites[*]}" != all ] || suites=(unit lab pester)
for suite in "${suites[@]}"; do
  case $suite in unit | lab | pester | long | crash | soak | fuzz | chaos) ;; *) fail "There is no suite $suite; there are unit, lab, pester, long, crash, soak, fuzz and chaos." ;; esac
done

# Everything temporary, labs included, lies here; the servers' user must be able to pass.
work=$(mktemp -d /tmp/pops.XXXXXX)
chmod 755 "$work"
export TMPDIR=$work PATRONIOPS_STATE=$work/state
results=$PWD/artifacts/test-results
lab=$PWD/tests/PatroniOps.Lab/bin/Release/net10.0/patroniops-lab
passed=0 failed=0 skipped=0 child= late=

leave() {
  status=$?
  trap - EXIT INT TERM HUP
  # A suite that was interrupted ends its own labs; one that was killed could not.
  if [ -n "$child" ] && kill -TERM "$child" 2>/dev/null; then wait "$child" 2>/dev/null || true; fi
  if [ -x "$lab" ]; then
    find "$work" -maxdepth 5 -name options.json -printf '%h\n' 2>/dev/null | while read -r directory; do
      "$lab" clean --directory "$directory" >/dev/null || true
    done
  fi
  rm -rf "$work"
  exit "$status"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Runs something in the background, so that a signal is heard at once.
waited() {
  "$@" &
  child=$!
  local status=0
  wait "$child" || status=$?
  child=
  return "$status"
}

# Adds one suite's count; a suite that ran nothing, or ended badly without naming a failure, has failed.
add() { # name passed failed skipped status
  local suite_failed=$3
  if [ "$5" -ne 0 ] && [ "$3" -eq 0 ]; then say "$1: ended with exit code $5" >&2; suite_failed=1; fi
  if [ $(($2 + $3)) -eq 0 ] && [ "$suite_failed" -eq 0 ]; then say "$1: no test ran" >&2; suite_failed=1; fi
  passed=$((passed + $2)) failed=$((failed + suite_failed)) skipped=$((skipped + $4))
  say "$1: $2 passed, $suite_failed failed, $4 skipped"
}

# One of the counters of a trx file.
counter() { grep -o '<Counters [^>]*>' "$1" | grep -oE " $2=\"[0-9]+\"" | grep -oE '[0-9]+' || echo 0; }

# How many of a trx file's tests did not pass.
bad_of() { echo $(($(counter "$1" failed) + $(counter "$1" error) + $(counter "$1" timeout) + $(counter "$1" aborted))); }

# The tests of a trx file that failed, as a filter; a theory's case by the first of its texts.
failed_of() {
  grep -o '<UnitTestResult [^>]*outcome="Failed"' "$1" | grep -o ' testName="[^"]*"' | sed -E \
    -e 's/^ testName="(.*)"$/\1/' -e 's/^([^(]*)\([^&]*&quot;([^&]*)&quot;.*$/(FullyQualifiedName~\1\&DisplayName~\2)/' \
    -e 's/^([^(][^(]*)\(.*$/(FullyQualifiedName~\1)/' -e '/^\(/!s/^(.*)$/(FullyQualifiedName~\1)/' | sort -u | paste -sd'|'
}

dotnet_test() { # project limit trx [filter]
  waited timeout --signal=TERM --kill-after=60 "$2" dotnet test "tests/$1" -c Release --no-build --nologo ${4:+--filter "$4"} \
    --logger "trx;LogFileName=$3" --logger "console;verbosity=minimal"
}

run_dotnet() { # suite project limit [filter]
  local trx=$results/$1.trx status=0 total=0 ok=0 bad=0
  say "" "== $1 tests"
  dotnet_test "$2" "$3" "$trx" "${4:-}" || status=$?
  if [ -s "$trx" ]; then
    total=$(counter "$trx" total) ok=$(counter "$trx" passed) bad=$(bad_of "$trx")
  fi
  # Real servers miss a deadline when the machine is busy: what fails gets a second attempt, by itself, and is named whatever comes of it.
  if [ "$1" = lab ] && [ "$bad" -gt 0 ] && [ "$bad" -le 3 ]; then
    local again still
    again=$(failed_of "$trx")
    say "" "== $1 tests that failed, a second time: $again"
    status=0
    dotnet_test "$2" 300 "$results/$1-again.trx" "$again" || status=$?
    still=$bad
    if [ -s "$results/$1-again.trx" ]; then still=$(bad_of "$results/$1-again.trx"); fi
    say "$1: $bad failed at first, $still at the second attempt too: $again"
    if [ "$still" -lt "$bad" ]; then late="$((bad - still)) of them only at the second attempt (of $again)"; fi
    ok=$((ok + bad - still)) bad=$still
  fi
  add "$1" "$ok" "$bad" $((total - ok - bad)) "$status"
}

# pwsh from PATH, else from NuGet into artifacts/tools.
find_pwsh() {
  if command -v pwsh; then return; fi
  local tools=$PWD/artifacts/tools
  [ -x "$tools/pwsh" ] || timeout 180 dotnet tool install PowerShell --tool-path "$tools" >"$work/pwsh.log" 2>&1 || true
  [ ! -x "$tools/pwsh" ] || echo "$tools/pwsh"
}

run_pester() {
  local pwsh counts=$results/pester.count status=0 result=
  say "" "== pester tests"
  pwsh=$(find_pwsh)
  if [ -z "$pwsh" ]; then
    say "The Pester suite did not run: there is no pwsh, and it could not be installed with dotnet tool install. See https://aka.ms/powershell"
    skipped=$((skipped + 1))
    return
  fi
  waited timeout --signal=TERM --kill-after=60 900 "$pwsh" -NoLogo -NoProfile -NonInteractive -File tests/pester/run.ps1 -Results "$results" || status=$?
  if [ "$status" -eq 77 ]; then
    say "The Pester suite did not run: there is no Pester 5 for $pwsh, and it could not be fetched. Run: Install-Module Pester"
    skipped=$((skipped + 1))
    return
  fi
  [ ! -s "$counts" ] || read -r result <"$counts"
  # shellcheck disable=SC2086
  add pester ${result:-0 0 0} "$status"
}

# Watches fifty clusters for twenty minutes, and counts as one test.
run_soak() {
  local status=0
  say "" "== soak"
  waited timeout --signal=TERM --kill-after=60 2400 dotnet tests/PatroniOps.Benchmarks/bin/Release/net10.0/PatroniOps.Benchmarks.dll soak || status=$?
  if [ "$status" -eq 0 ]; then add soak 1 0 0 0; else add soak 0 1 0 "$status"; fi
}

# Gives every parser a million inputs, each parser a process, and counts as one test.
run_fuzz() {
  local status=0
  say "" "== fuzz"
  waited timeout --signal=TERM --kill-after=60 14400 tests/PatroniOps.Fuzz/bin/Release/net10.0/patroniops-fuzz || status=$?
  if [ "$status" -eq 0 ]; then add fuzz 1 0 0 0; else add fuzz 0 1 0 "$status"; fi
}

# Breaks a lab of five at random for twenty minutes, and counts as one test. Its networks and mounts are its own, and go with it.
run_chaos() {
  local status=0
  say "" "== chaos"
  waited timeout --signal=TERM --kill-after=60 7200 unshare --net --mount -- \
    dotnet tests/PatroniOps.Chaos/bin/Release/net10.0/patroniops-chaos.dll "${chaos[@]}" || status=$?
  if [ "$status" -eq 0 ]; then
    add chaos 1 0 0 0
    return
  fi
  cp -r "$work"/patroniops-lab-*/chaos/log "$results/chaos" 2>/dev/null || true
  say "What the servers and the module said is in $results/chaos."
  add chaos 0 1 0 "$status"
}

check_dotnet
case " ${suites[*]} " in *" chaos "*)
  [ "$(id -u)" -eq 0 ] || fail "The chaos soak makes network namespaces and small file systems: only root may."
  with_chaos=yes
  ;;
esac
with_servers=yes
case " ${suites[*]} " in *" long "*) with_long=yes ;; esac
install_missing
rm -rf "$results"
mkdir -p "$results"
say "== build"
waited dotnet build PatroniOps.sln -c Release --nologo -v quiet --disable-build-servers -clp:NoSummary || fail "The build failed."
for suite in "${suites[@]}"; do
  case $suite in
    unit) run_dotnet unit PatroniOps.Tests 600 ;;
    lab) run_dotnet lab PatroniOps.LabTests 2400 'Category!=Long' ;;
    long) run_dotnet long PatroniOps.LabTests 5400 'Category=Long&FullyQualifiedName!~.CrashMatrixTests.' ;;
    crash) run_dotnet crash PatroniOps.LabTests 14400 'FullyQualifiedName~.CrashMatrixTests.' ;;
    pester) run_pester ;;
    soak) run_soak ;;
    fuzz) run_fuzz ;;
    chaos) run_chaos ;;
  esac
done
say ""
[ -z "$late" ] || say "$late"
say "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
