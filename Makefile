# Every target sets up what it needs: a virtual environment from hash-pinned lock files.
.PHONY: help run test check bench release simulate crash hostile soak screens assets lock clean
ARGS ?=
unexport PYTHONDONTWRITEBYTECODE  # or every process of a node, and of a test, compiles the same thousand modules again
BIN := .venv/bin

help:
	@echo "make run       the platform with a simulated customs union and a report; ARGS=--exit ends after the report"
	@echo "make test      all tests; ARGS='-k transit' narrows"
	@echo "make check     formatting, lint, types, import contracts, architecture tests"
	@echo "make bench     benchmarks beside their peers; ARGS=as4 runs one"
	@echo "make release   wheel, sdist, bill of materials, offline bundle, signed digests; installs it without network"
	@echo "make simulate  the whole union under faults: 200 seeds, and the bugs that they must find"
	@echo "make crash     real faults on real processes, and a ledger; ARGS='--kills 10000 --cuts 500' for the long run"
	@echo "make hostile   attacks on a union that runs; ARGS='--commit a7404ab' shows that they break what was broken"
	@echo "make soak      ten minutes at full load with memory watched, and a search for the seeds of every seeded bug"
	@echo "make screens   a picture of every page, light, dark and narrow, in three languages (needs chromium)"
	@echo "make assets    the foreign part of what pages load, fetched anew (needs npm)"
	@echo "make lock      lock files anew, after a change of dependencies (needs uv)"
	@echo "make clean     remove .venv and build"

run:
	@tools/bootstrap.sh run
	@$(BIN)/douane demo $(ARGS)

test:
	@tools/bootstrap.sh dev
	@$(BIN)/python -m pytest -n auto --dist loadgroup --proof build/proof.json $(ARGS)

check:
	@tools/bootstrap.sh dev
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q tests/architecture

bench:
	@tools/bootstrap.sh peers
	@tools/peer_environment.sh as4
	@tools/peer_environment.sh spyne
	@$(BIN)/python -m bench $(ARGS)

release:
	@tools/bootstrap.sh dev
	@$(BIN)/python -m tools.release $(ARGS)

simulate:
	@tools/bootstrap.sh dev
	@DOUANE_SEEDS=200 $(BIN)/python -m pytest -q -n auto tests/simulation $(ARGS)

crash:
	@tools/bootstrap.sh dev
	@$(BIN)/python -m crash $(ARGS)

hostile:
	@tools/bootstrap.sh dev
	@$(BIN)/python -m tests.hostile $(ARGS)

soak:
	@tools/bootstrap.sh peers
	@$(BIN)/python -m bench.soak $(ARGS)
	@$(BIN)/python -m tests.simulation.search

screens:
	@tools/bootstrap.sh dev
	@$(BIN)/python -m tests.pages.screens

assets:
	@tools/assets.sh

lock:
	@command -v uv >/dev/null || { echo "uv is needed to write lock files"; exit 1; }
	@tools/lock.sh

clean:
	rm -rf .venv build
