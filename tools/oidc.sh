#!/bin/sh
# Fetches an identity provider that others wrote (oidc-provider, MIT), which only tests use, into build/oidc.
# The lock file pins each package by its hash.
set -eu
cd "$(dirname "$0")/.."
command -v npm >/dev/null || { echo "npm is needed to fetch oidc-provider"; exit 1; }
mkdir -p build/oidc
if cmp -s tools/oidc/package-lock.json build/oidc/package-lock.json && [ -d build/oidc/node_modules ]; then exit 0; fi
cp tools/oidc/package.json tools/oidc/package-lock.json build/oidc/
(cd build/oidc && npm ci --ignore-scripts --no-audit --no-fund --silent)
