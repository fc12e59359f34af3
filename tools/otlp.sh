#!/bin/sh
# Fetches exporters of OpenTelemetry that others wrote (OTLP/HTTP in JSON, Apache-2.0), which only tests use, into
# build/otlp. The lock file pins each package by its hash.
set -eu
cd "$(dirname "$0")/.."
command -v npm >/dev/null || { echo "npm is needed to fetch the exporters of OpenTelemetry"; exit 1; }
mkdir -p build/otlp
if cmp -s tools/otlp/package-lock.json build/otlp/package-lock.json && [ -d build/otlp/node_modules ]; then exit 0; fi
cp tools/otlp/package.json tools/otlp/package-lock.json build/otlp/
(cd build/otlp && npm ci --ignore-scripts --no-audit --no-fund --silent)
