# livedash: `make` alone lists what can be made.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/pytest -n auto --maxprocesses=4 --dist=worksteal
PAGE_TOOLS := chromium chromedriver ffmpeg

.DEFAULT_GOAL := help
.PHONY: help run test lint types unit browser test-full bench messages readme clean tools

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/run.stamp ## start livedash and say where it is shown (ARGS="--port 8090" for another port)
	$(BIN)/python app.py $(ARGS)

test: lint types tools ## everything a change must pass
	$(PYTEST)

lint: $(VENV)/dev.stamp ## style and plain mistakes
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp ## types
	$(BIN)/mypy

unit: $(VENV)/dev.stamp ## the fast tests, without a browser
	$(PYTEST) --ignore=tests/browser

browser: $(VENV)/dev.stamp tools ## the tests in a real Chromium
	$(PYTEST) tests/browser

test-full: lint types tools ## everything, with the tests that take minutes
	$(PYTEST) -m "" --hypothesis-profile=fresh

bench: $(VENV)/bench.stamp ## measure against peers (EVENTS=5000000 for more) and write benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks $(EVENTS)

messages: $(VENV)/dev.stamp ## collect the phrases into the catalogues and list what waits for a translation
	$(BIN)/python -m livedash.locale

readme: $(VENV)/dev.stamp ## write the registry's metrics into README.md
	$(BIN)/python -m tests.house.readme_table

clean: ## remove what can be made again (never data/rooms)
	rm -rf $(VENV) data/cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './data/*' -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "livedash needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
		|| { echo "This Python cannot make a virtual environment. On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(BIN)/python
	$(BIN)/pip install -q -r $<
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt requirements.txt | $(BIN)/python
	$(BIN)/pip install -q -r $<
	@touch $@ $(VENV)/run.stamp

$(VENV)/bench.stamp: benchmarks/requirements.txt $(VENV)/dev.stamp
	$(BIN)/pip install -q -r $<
	@touch $@

# Debian's packages, where they are missing and may be installed; elsewhere a sentence that says what to install.
tools:
	@missing=; for tool in $(PAGE_TOOLS); do command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	[ -n "$$missing" ] || exit 0; \
	as_root=; [ "$$(id -u)" = 0 ] || as_root="sudo -n"; \
	if command -v apt-get >/dev/null && $$as_root true 2>/dev/null; then \
		echo "Installing$$missing"; \
		$$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends chromium chromium-driver ffmpeg >/dev/null; \
	else \
		echo "The browser tests need$$missing. On Debian: sudo apt-get install chromium chromium-driver ffmpeg"; exit 1; \
	fi
