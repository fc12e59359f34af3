#!/bin/sh
# Writes the lock files anew: hashed, universal, without index address or local path.
set -eu
cd "$(dirname "$0")/.."
flags="--universal --generate-hashes --no-header --no-annotate --no-emit-find-links --no-emit-index-url --quiet"
uv pip compile $flags pyproject.toml -o requirements/run.txt
uv pip compile $flags --group dev pyproject.toml -o requirements/dev.txt
uv pip compile $flags --group dev --group peers pyproject.toml -o requirements/peers.txt
echo 'as4==0.2.0' | uv pip compile $flags - -o requirements/peer-as4.txt
echo 'peppol-py==1.2.5' | uv pip compile $flags - -o requirements/peer-peppol.txt
echo 'signxml==5.2.0' | uv pip compile $flags - -o requirements/peer-signxml.txt
printf 'openapi-python-client==0.29.1\nschemathesis==4.32.5\n' | uv pip compile $flags - -o requirements/peer-openapi.txt
printf 'lxml==6.1.1\nspyne==2.14.0\n' | uv pip compile $flags - -o requirements/peer-spyne.txt
