#!/bin/sh
# Fetches an identity provider that others wrote of SAML 2.0 (samlify, MIT), which only tests use, into build/saml.
# The lock file pins each package by its hash.
set -eu
cd "$(dirname "$0")/.."
command -v npm >/dev/null || { echo "npm is needed to fetch samlify"; exit 1; }
mkdir -p build/saml
if cmp -s tools/saml/package-lock.json build/saml/package-lock.json && [ -d build/saml/node_modules ]; then exit 0; fi
cp tools/saml/package.json tools/saml/package-lock.json build/saml/
(cd build/saml && npm ci --ignore-scripts --no-audit --no-fund --silent)
