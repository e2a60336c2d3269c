# Functions that demo.sh and test.sh share. Source it; it runs nothing by itself.

say()  { printf '%s\n' "$@"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# Run as root: directly, or through sudo.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "Packages are missing and must be installed by root. Run this as root, or install sudo. Missing: ${missing:-}"
  fi
}

check_dotnet() {
  # What is built here speaks no language but the invariant one; a machine without ICU is enough.
  if ! ldconfig -p 2>/dev/null | grep -q libicuuc; then export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1; fi
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off
  # No compiler or build server may stay behind.
  export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
  command -v dotnet >/dev/null ||
    fail "The .NET SDK 10 is needed, and there is no dotnet in PATH. See https://learn.microsoft.com/dotnet/core/install/linux-debian"
  dotnet --list-sdks | cut -d. -f1 | grep -qE '^([1-9][0-9]+)$' ||
    fail "The .NET SDK 10 or later is needed; installed: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ')."
}

# The Debian packages that are missing, by what they would bring. An SSH server and supervisor only where with_servers says so: tests start their own.
# Barman, lz4 and zstd, Prometheus for its checker, Chromium to open reports in, Ansible, a validator of JSON schemas, and npm to fetch PostgreSQL of other
# major versions with, only for the long ones, where with_long says so; ip for the chaos soak.
missing_packages() {
  command -v patroni >/dev/null || echo patroni python3-etcd
  command -v etcd >/dev/null || echo etcd-server
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || echo postgresql
  command -v psql >/dev/null || echo postgresql-client
  command -v pgbackrest >/dev/null || echo pgbackrest
  [ -z "${with_long:-}" ] || command -v barman >/dev/null || echo barman
  command -v curl >/dev/null || echo curl
  [ -z "${with_servers:-}" ] || command -v sshd >/dev/null || echo openssh-server
  [ -z "${with_servers:-}" ] || command -v supervisord >/dev/null || echo supervisor
  [ -z "${with_long:-}" ] || command -v promtool >/dev/null || echo prometheus
  [ -z "${with_long:-}" ] || command -v chromium >/dev/null || echo chromium
  [ -z "${with_long:-}" ] || command -v lz4 >/dev/null || echo lz4
  [ -z "${with_long:-}" ] || command -v zstd >/dev/null || echo zstd
  [ -z "${with_long:-}" ] || command -v npm >/dev/null || echo npm
  [ -z "${with_long:-}" ] || command -v ansible-playbook >/dev/null || echo ansible-core
  [ -z "${with_long:-}" ] || /usr/bin/python3 -c 'import jsonschema' 2>/dev/null || echo python3 python3-jsonschema
  [ -z "${with_chaos:-}${with_long:-}" ] || command -v ip >/dev/null || echo iproute2
  command -v ssh >/dev/null || echo openssh-client
  command -v setpriv >/dev/null || echo util-linux
}

# Installs what is missing, and only that. A PostgreSQL that is already there, and its clusters, are not touched. The services of
# what is new are not started, and Debian's own cluster `main` is not made: a lab of one's own is all that is wanted.
install_missing() {
  missing=$(missing_packages | paste -sd' ')
  [ -n "$missing" ] || return 0
  [ -e /etc/debian_version ] || fail "This is not Debian: please install these, or what corresponds to them, by hand: $missing"
  say "Installing from Debian: $missing"
  as_root sh "$(dirname "${BASH_SOURCE[0]}")/install-packages.sh" $missing
  missing=$(missing_packages | paste -sd' ')
  [ -z "$missing" ] || fail "Still missing after the installation: $missing"
}

# Debian's etcd and Patroni commands may lie in /usr/sbin.
PATH=$PATH:/usr/sbin:/sbin
