# The same commands everywhere: on a laptop, in CI, in a container.
# Each sets up what it needs in .venv the first time (Python 3.11 or newer, and PyPI or a mirror of it).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
SERVE ?=
TESTS ?=
UPGRADE ?=
WRITE ?=
LOCKS := .cache/locks
HISTORY_ROUNDS ?= 12
MUTMUT := .cache/mutants
FUZZ := .cache/fuzz
BROWSER := .cache/browser
MUTANTS ?=
CASES ?=
SEED ?=
PIP := -m pip --disable-pip-version-check
# A lock is the complete set: nothing is resolved, so what an index has beside it changes nothing.
LOCKED := $(PIP) install --quiet --no-deps --require-hashes
EDITABLE := $(PIP) install --quiet --no-deps --no-build-isolation --editable .

.DEFAULT_GOAL := help
.PHONY: help run test whole rest histories mutants fuzz page newest lowest check lint types docs dist walk bench bench-peers locks clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(VENV)/run.stamp ## set everything up and serve (options: make run SERVE="--port 9000")
	$(BIN)/bce-emulator serve $(SERVE)

test: $(VENV)/dev.stamp ## set everything up and pass the tests
	$(BIN)/python -m pytest -n $(WORKERS)

whole: $(VENV)/dev.stamp ## every test, slow ones too, and what is asked of everything asked of all
	$(BIN)/python -m pytest -n $(WORKERS) --whole

rest: $(VENV)/dev.stamp ## what make test leaves out of make whole
	$(BIN)/python -m pytest -n $(WORKERS) --rest

histories: $(VENV)/dev.stamp ## a minute of 64 clients at once, whose histories are checked to be linearizable
	HISTORY_ROUNDS=$(HISTORY_ROUNDS) $(BIN)/python -m pytest -n 0 tests/histories

mutants: $(VENV)/dev.stamp $(MUTMUT)/ready ## the tests beside the engine's core against each of its mutants (MUTANTS=60 for a sample of the day)
	$(BIN)/python -m tests.mutants.run --workers $(WORKERS) $(if $(MUTANTS),--sample $(MUTANTS)) $(if $(SEED),--seed $(SEED))

fuzz: $(VENV)/dev.stamp $(FUZZ)/ready ## schemathesis against both OpenAPI documents (CASES=50 of each, SEED=1 for other ones)
	$(BIN)/python -m tests.fuzz.run $(if $(CASES),--cases $(CASES)) $(if $(SEED),--seed $(SEED))

page: $(VENV)/dev.stamp $(BROWSER)/ready ## the page in chromium beside the SDK, and pictures of it in .cache/pictures (CHROMIUM=/usr/bin/chromium)
	PYTHONPATH=$$(echo $(BROWSER)/lib/python*/site-packages) $(BIN)/python -m pytest -n 0 tests/dashboard/browser

newest: $(VENV)/bin/python ## the tests with the newest versions, some where nothing that they run on is newer (TESTS=tests for all)
	@rm -rf .cache/newest && $(BIN)/python -m venv .cache/newest
	@$(BIN)/python requirements/wanted.py dev >.cache/newest/dev.in
	@.cache/newest/bin/python $(PIP) install --quiet --upgrade -r .cache/newest/dev.in
	@.cache/newest/bin/python $(EDITABLE)
	@.cache/newest/bin/python $(PIP) check
	@.cache/newest/bin/python $(PIP) freeze --exclude-editable
	tests="$(TESTS)"; .cache/newest/bin/python -m pytest -n $(WORKERS) $${tests:-$$($(BIN)/python requirements/newer.py .cache/newest/bin/python)}

lowest: $(VENV)/bin/python ## the tests with the lowest version of each dependency that pyproject.toml allows
	@rm -rf .cache/lowest && $(BIN)/python -m venv .cache/lowest
	@.cache/lowest/bin/python $(LOCKED) -r requirements/lowest.txt
	@.cache/lowest/bin/python $(EDITABLE)
	@.cache/lowest/bin/python $(PIP) check
	.cache/lowest/bin/python -m pytest -n $(WORKERS) $(TESTS)

check: lint types test ## what CI runs: format, lint, strict types, tests with the documentation's freshness

lint: $(VENV)/dev.stamp ## format and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp ## strict types
	$(BIN)/mypy

docs: $(VENV)/dev.stamp ## make the generated documents anew
	$(BIN)/python docs/generate.py

dist: $(VENV)/dev.stamp ## make the wheel and the source distribution
	rm -rf dist
	$(BIN)/python -m hatchling build -d dist

walk: $(VENV)/dev.stamp ## execute every command of the documents, and compare what they say is printed
	$(BIN)/python docs/walk.py README.md README.zh-CN.md docs/container.md docs/container.zh-CN.md

bench: $(VENV)/dev.stamp ## measure speed, start and memory (needs wrk; prints, asserts nothing)
	$(BIN)/python bench/rates.py
	$(BIN)/python bench/processor_time.py
	$(BIN)/python bench/sizes.py
	$(BIN)/python bench/growth.py
	$(BIN)/python bench/lists.py
	$(BIN)/python bench/state.py
	$(BIN)/python bench/journal.py
	$(BIN)/python bench/pauses.py
	$(BIN)/python bench/turns.py
	$(BIN)/python bench/resident.py
	$(BIN)/python bench/request_log.py

bench-peers: $(VENV)/dev.stamp ## a reboot here and by moto, ministack, Prism, WireMock, stubs (needs wrk; WRITE=1 for the page)
	$(BIN)/python bench/side_by_side.py $(if $(WRITE),--write)

locks: $(LOCKS)/ready ## make every lock anew, with the versions that it has (UPGRADE=--upgrade for the newest)
	$(LOCKS)/bin/python requirements/lock.py $(UPGRADE)

clean: ## forget the virtual environment and all caches
	rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "bce-emulator needs Python 3.11 or newer; say which with make PYTHON=/path/to/python"; exit 1; }
	@echo "making $(VENV) (once, some twenty seconds)"
	@$(PYTHON) -m venv $(VENV)

$(LOCKS)/ready: requirements/locks.txt | $(VENV)/bin/python
	@$(BIN)/python -m venv --clear $(LOCKS)
	@$(LOCKS)/bin/python $(LOCKED) -r requirements/locks.txt
	@$(LOCKS)/bin/python $(PIP) check
	@touch $@

$(MUTMUT)/ready: requirements/mutants.txt | $(VENV)/bin/python
	@$(BIN)/python -m venv --clear $(MUTMUT)
	@$(MUTMUT)/bin/python $(LOCKED) -r requirements/mutants.txt
	@$(MUTMUT)/bin/python $(PIP) check
	@touch $@

$(FUZZ)/ready: requirements/fuzz.txt | $(VENV)/bin/python
	@$(BIN)/python -m venv --clear $(FUZZ)
	@$(FUZZ)/bin/python $(LOCKED) -r requirements/fuzz.txt
	@$(FUZZ)/bin/python $(PIP) check
	@touch $@

$(BROWSER)/ready: requirements/browser.txt | $(VENV)/bin/python
	@$(BIN)/python -m venv --clear $(BROWSER)
	@$(BROWSER)/bin/python $(LOCKED) -r requirements/browser.txt
	@$(BROWSER)/bin/python $(PIP) check
	@touch $@

$(VENV)/run.stamp: requirements/run.txt requirements/build.txt pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python $(LOCKED) -r requirements/run.txt
	@$(BIN)/python $(PIP) --quiet check
	@$(BIN)/python $(LOCKED) -r requirements/build.txt
	@$(BIN)/python $(EDITABLE)
	@$(BIN)/python $(PIP) check
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python $(LOCKED) -r requirements/dev.txt
	@$(BIN)/python $(EDITABLE)
	@$(BIN)/python $(PIP) check
	@touch $@ $(VENV)/run.stamp

-include docker/image.mk docker/cluster.mk tests/clients/clients.mk
