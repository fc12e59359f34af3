#!/bin/sh
# Makes the environment of a peer that cannot share ours: build/peers/NAME from requirements/peer-NAME.txt.
set -eu
name=$1
cd "$(dirname "$0")/.."
lock=requirements/peer-$name.txt
folder=build/peers/$name
[ -f "$lock" ] || { echo "There is no $lock."; exit 2; }
[ -x "$folder/bin/python" ] && [ "$folder/.installed" -nt "$lock" ] && exit 0
"${PYTHON:-python3}" -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
touch "$folder/.installed"
