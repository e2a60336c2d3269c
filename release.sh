#!/usr/bin/env bash
# Makes a release in artifacts/release: the module as a folder and as a package that a PowerShell repository serves, patroniops for linux-x64 with
# everything that it needs, the Ansible collection, and SHA256SUMS. The version is that of Directory.Build.props, and stands nowhere else by hand:
#
#   ./release.sh             makes it
#   ./release.sh version     writes the version into every file that has to name it
set -Eeuo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
. tests/prerequisites.sh

version=$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' Directory.Build.props)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "Directory.Build.props names no version such as 1.2.3."
collection=examples/ansible/collections/ansible_collections/patroniops/patroniops

write_version() {
  sed -i -E "s/^( *ModuleVersion += ')[^']*'/\1$version'/" PatroniOps.psd1
  sed -i -E "s/^version: .*/version: $version/" "$collection/galaxy.yml"
  sed -i -E "s/^(  \"version\": \")[^\"]*\"/\1$version\"/" module/dsc/*.dsc.resource.json examples/dsc/patroniops/*.dsc.resource.json
}

case ${1:-make} in
  version) write_version; say "$version"; exit ;;
  make) ;;
  *) fail "There is ./release.sh, and ./release.sh version." ;;
esac

command -v git >/dev/null || fail "git is needed: a release is made of what was committed."
git diff --quiet HEAD || fail "There are changes that are not committed; a release is made of what was."
check_dotnet
release=$PWD/artifacts/release
module=$release/PatroniOps
source=$release/.source
rm -rf "$release"
mkdir -p "$module/module" "$source"
git archive HEAD | tar -x -C "$source"
cd "$source"
before=$(sha256sum PatroniOps.psd1 "$collection/galaxy.yml" module/dsc/*.json examples/dsc/patroniops/*.json)
write_version
[ "$before" = "$(sha256sum PatroniOps.psd1 "$collection/galaxy.yml" module/dsc/*.json examples/dsc/patroniops/*.json)" ] ||
  fail "Not every file names the version $version: run ./release.sh version, look at what it wrote, and commit it."
quiet=(-c Release --nologo -v quiet --disable-build-servers)

say "== patroniops $version for linux-x64, and the module"
program=$release/patroniops-$version-linux-x64
dotnet publish src/PatroniOps.Host/PatroniOps.Host.csproj "${quiet[@]}" -r linux-x64 --self-contained true -o "$program"
# What debuggers read is not shipped.
find "$program" -name '*.pdb' -delete
cp LICENSE "$program/"
# Whoever runs it is not who made it, whatever the umask was.
chmod -R a+rX "$release"
tar -C "$release" --sort=name --owner=0 --group=0 --numeric-owner -czf "$program.tar.gz" "$(basename "$program")"

cp PatroniOps.psd1 LICENSE README.md CHANGELOG.md "$module/"
# The help, which the build makes of docs/.
cp -r en-US zh-CN "$module/"
cp -r module/*.ps1xml module/dsc "$module/module/"
mkdir "$module/module/bin"
# What debuggers read is not shipped.
(cd module/bin && find . -name '*.dll' -exec cp --parents -t "$module/module/bin" {} +)

say "== package"
dotnet pack src/PatroniOps/PatroniOps.csproj "${quiet[@]}" --no-build -o "$release" \
  -p:NuspecFile="$source/PatroniOps.nuspec" -p:NuspecBasePath="$module" -p:NuspecProperties="version=$version" -p:NoPackageAnalysis=true

say "== Ansible collection"
tar -C "$collection" --sort=name --owner=0 --group=0 --numeric-owner -czf "$release/patroniops-ansible-$version.tar.gz" .

cd "$release"
rm -rf "$source"
sha256sum -- *.nupkg *.tar.gz >SHA256SUMS
say "" "artifacts/release:" "$(ls -1)"
