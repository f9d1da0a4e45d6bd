# The same commands everywhere: on a laptop, in CI, in a container.
# Each sets up what it needs in .venv the first time (Python 3.11 or newer, and PyPI or a mirror of it).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
SERVE ?=
PIP := -m pip --disable-pip-version-check
# A lock is the complete set: nothing is resolved, so what an index has beside it changes nothing.
LOCKED := $(PIP) install --quiet --no-deps --require-hashes
EDITABLE := $(PIP) install --quiet --no-deps --no-build-isolation --editable .

.DEFAULT_GOAL := help
.PHONY: help run test check lint types docs bench clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(VENV)/run.stamp ## set everything up and serve (options: make run SERVE="--port 9000")
	$(BIN)/python -m emulator serve $(SERVE)

test: $(VENV)/dev.stamp ## set everything up and pass the tests
	$(BIN)/python -m pytest -n $(WORKERS)

check: lint types test ## what CI runs: format, lint, strict types, tests with the documentation's freshness

lint: $(VENV)/dev.stamp ## format and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp ## strict types
	$(BIN)/mypy

docs: $(VENV)/dev.stamp ## make the generated documents anew
	$(BIN)/python docs/generate.py

bench: $(VENV)/dev.stamp ## measure speed, start and memory (needs wrk; prints, asserts nothing)
	$(BIN)/python bench/rates.py
	$(BIN)/python bench/sizes.py
	$(BIN)/python bench/state.py
	$(BIN)/python bench/journal.py

clean: ## forget the virtual environment and all caches
	rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "bce-emulator needs Python 3.11 or newer; say which with make PYTHON=/path/to/python"; exit 1; }
	@echo "making $(VENV) (once, some twenty seconds)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt | $(VENV)/bin/python
	@$(BIN)/python $(LOCKED) -r requirements/run.txt
	@$(BIN)/python $(PIP) check
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python $(LOCKED) -r requirements/dev.txt
	@$(BIN)/python $(EDITABLE)
	@$(BIN)/python $(PIP) check
	@touch $@ $(VENV)/run.stamp

-include docker/image.mk tests/clients/clients.mk
