# Two commands matter: `make preview` and `make test`. The README says how to do without make.

PYTHON ?= python3
ARCHIVE ?= corpus
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: preview site test check lint lock browser bench screenshots clean

preview: $(VENV)/.runs  ## build the sample archive and serve it with search
	$(BIN)/python build_corpus.py serve $(ARCHIVE) --port $(PORT)

site: $(VENV)/.runs  ## build any folder: make site ARCHIVE=path/to/folder
	$(BIN)/python build_corpus.py build $(ARCHIVE)

check: $(VENV)/.runs  ## verify every source against the register
	$(BIN)/python build_corpus.py check $(ARCHIVE)

test: $(VENV)/.tests browser lint  ## every check and every test, in a real browser
	$(BIN)/python -m pytest

lint: $(VENV)/.tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

browser:  ## Debian's Chromium, where it is missing and may be installed
	@.ci/install-browser

bench: $(VENV)/.tests  ## what 200 sources cost, as figures and ratios; judges nothing
	$(BIN)/python -m bench.site --quick

screenshots: $(VENV)/.tests browser  ## pictures of every kind of page, into .tearsheet/screenshots
	$(BIN)/python -m tests.screenshots

lock: $(VENV)/.tests  ## pin every dependency with its hashes
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runs: $(VENV)/bin/python requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.tests: $(VENV)/.runs requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

clean:  ## everything that a build made; no source, no decision
	rm -rf site .tearsheet docs/index.md docs/archive docs/data docs/dates docs/entities \
	  docs/originals docs/publications docs/records docs/register docs/topics
