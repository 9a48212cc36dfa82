# make demo    install, ingest the sample corpus, say what was found, serve GraphQL (SERVE=0: stop before)
# make test    install what tests need and run them all, against a real Neo4j too
# make check   lint, format and types
PYTHON ?= python3
SERVE ?= 1
PORT ?= 8000
STORE ?= ladybug:.demo/trihelix.db
BIN := .venv/bin

.PHONY: demo test check clean
.DEFAULT_GOAL := demo

demo: .venv/runtime
	@mkdir -p .demo
	@$(BIN)/trihelix ingest notebooks/corpus --store $(STORE)
	@$(BIN)/trihelix overview --store $(STORE)
	@if [ "$(SERVE)" != 0 ]; then $(BIN)/trihelix serve --store $(STORE) --port $(PORT); fi

test: .venv/dev
	$(BIN)/pytest

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf .venv .demo build dist

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and f"Trihelix needs Python 3.11 or later; {sys.executable} is {sys.version.split()[0]}. Name another: make PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@touch $@

.venv/runtime: .venv/python pyproject.toml
	@echo "Installing Trihelix into .venv (a minute or two the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/dev: .venv/python pyproject.toml
	@echo "Installing Trihelix and what its tests need into .venv ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ .venv/runtime
