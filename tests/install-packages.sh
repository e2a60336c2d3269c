#!/bin/sh
# Installs the Debian packages named, as root, without starting any service and without making a PostgreSQL cluster.
set -eu
export DEBIAN_FRONTEND=noninteractive

policy=/usr/sbin/policy-rc.d
no_cluster=/etc/postgresql-common/createcluster.d/patroniops-lab.conf
made_policy= made_no_cluster= made_directory=

undo() {
  [ -z "$made_policy" ] || rm -f "$policy"
  [ -z "$made_no_cluster" ] || rm -f "$no_cluster"
  [ -z "$made_directory" ] || rmdir "$made_directory" 2>/dev/null || true
}
trap undo EXIT
trap 'exit 1' HUP INT TERM

if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' > "$policy"
  chmod 755 "$policy"
  made_policy=1
fi
if [ ! -d "${no_cluster%/*}" ]; then
  mkdir -p "${no_cluster%/*}"
  made_directory=${no_cluster%/*}
fi
echo 'create_main_cluster = false' > "$no_cluster"
made_no_cluster=1

known=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' etcd-server patroni openssh-server prometheus supervisor 2>/dev/null || true)
install() { apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"; }

# The lists of packages are fetched only when what there is does not do.
log=$(mktemp)
if ! install "$@" >"$log" 2>&1; then
  apt-get update -qq -o DPkg::Lock::Timeout=300
  install "$@" >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; exit 1; }
fi
rm -f "$log"

# What was not there before shall not start with the machine either.
for service in etcd patroni prometheus ssh supervisor; do
  case $service in etcd) package=etcd-server ;; ssh) package=openssh-server ;; *) package=$service ;; esac
  case $known in
    *"ii  $package"* | *"ii $package"*) ;;
    *) if command -v systemctl >/dev/null; then systemctl disable --quiet "$service" 2>/dev/null || true; fi ;;
  esac
done
