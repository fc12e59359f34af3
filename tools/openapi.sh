#!/bin/sh
# Fetches a linter of OpenAPI and a generator of clients (MIT), which only tests use, into build/openapi.
# The lock file pins each package by its hash.
set -eu
cd "$(dirname "$0")/.."
command -v npm >/dev/null || { echo "npm is needed to fetch the tools for OpenAPI"; exit 1; }
mkdir -p build/openapi
if cmp -s tools/openapi/package-lock.json build/openapi/package-lock.json && [ -d build/openapi/node_modules ]; then
    exit 0
fi
cp tools/openapi/package.json tools/openapi/package-lock.json build/openapi/
(cd build/openapi && npm ci --ignore-scripts --no-audit --no-fund --silent)
