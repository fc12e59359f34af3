#!/bin/sh
# Fetches axe-core (MPL-2.0), which only tests use, into build/axe; the hash is that of the file of this version.
set -eu
cd "$(dirname "$0")/.."
hash=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
file=build/axe/axe.min.js
if echo "$hash  $file" | sha256sum --check --status 2>/dev/null; then exit 0; fi
command -v npm >/dev/null || { echo "npm is needed to fetch axe-core"; exit 1; }
mkdir -p build/axe
archive=$(cd build/axe && npm pack --silent axe-core@4.14.1)
tar -xzf "build/axe/$archive" -C build/axe --strip-components=1 package/axe.min.js
rm "build/axe/$archive"
echo "$hash  $file" | sha256sum --check --quiet
