# Two commands: `make run` and `make test`. Everything they need is made in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
MUSIC ?=

# Compiled modules make every start a second shorter, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run web test check format bench clean

help: ## Show what there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

$(BIN)/python:
	tools/make_venv.sh $(PYTHON) $(VENV)

$(VENV)/.run: $(BIN)/python requirements/run.txt requirements/build.txt pyproject.toml
	@echo "Installing what Sarau needs (once) ..."
	$(PIP) install --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

web: $(VENV)/.run ## Build the web client, if its sources changed
	$(BIN)/python tools/build_web.py --if-changed

run: web ## Start the server; MUSIC=/path/to/music serves that folder
	$(BIN)/sarau serve $(if $(MUSIC),--music "$(MUSIC)")

test: $(VENV)/.dev web ## Run all tests
	tools/system_packages.sh chromium postgresql
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile $(ARGS)
	$(BIN)/python tools/build_web.py --test

check: $(VENV)/.dev web ## Format, lint, types, contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports --no-logo
	$(BIN)/buf format --diff --exit-code proto
	$(BIN)/buf lint proto
	$(BIN)/buf breaking proto --against proto/baseline.binpb
	$(BIN)/python tools/write_stubs.py --check
	$(BIN)/python tools/build_web.py --check

format: $(VENV)/.dev ## Put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev web ## Measure speed and memory beside the peers that are installed
	tools/system_packages.sh nginx wrk
	$(BIN)/python -m bench $(ARGS)

clean: ## Take back everything that was made, but not the data
	rm -rf $(VENV) web/node_modules web/dist src/sarau/interfaces/web/static build dist
