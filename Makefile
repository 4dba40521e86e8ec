# Needs python3 (3.11 or newer), make and a network, nothing else. Everything it installs goes into .venv.
#
#   make demo    the article's patient, end to end
#   make test    all tests, on every core          PYTEST_ARGS='-k ankle' to choose
#   make check   what has to pass before a commit: lint, types, test
#   make bench   docs/performance.md, from one run  BENCH_ARGS=--full for a million rows
#   make clean   remove what builds and tools left; `rm -rf .venv` for a new environment

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST_ARGS ?= -n auto --dist worksteal
BENCH_ARGS ?=
PACKAGING := setup.cfg pyproject.toml

export PIP_DISABLE_PIP_VERSION_CHECK := 1
PIP_INSTALL := $(BIN)/python -m pip install -q

OLD_PYTHON := backcause needs Python 3.11 or newer, and $(PYTHON) is %d.%d; name another one: make PYTHON=python3.12

.DEFAULT_GOAL := check
.PHONY: demo test check lint types bench clean

demo: $(VENV)/.stamp-run
	$(BIN)/backcause demo

test: $(VENV)/.stamp-test
	$(BIN)/python -m pytest -q $(PYTEST_ARGS)

check: lint types test

lint: $(VENV)/.stamp-test
	$(BIN)/ruff check .

types: $(VENV)/.stamp-test
	$(BIN)/mypy

bench: $(VENV)/.stamp-test
	$(BIN)/python -m benchmarks $(BENCH_ARGS) -o docs/performance.md

clean:
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -path ./$(VENV) -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

# A stamp is written only after its step has worked, so a broken half of one is made again.
$(VENV)/.stamp-venv:
	@command -v $(PYTHON) >/dev/null || { echo "backcause needs Python 3.11 or newer, and there is no $(PYTHON) here" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit("$(OLD_PYTHON)" % v if v < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.stamp-run: $(VENV)/.stamp-venv $(PACKAGING)
	$(PIP_INSTALL) -e .
	@touch $@

# What runs the tests runs the demo too, hence both stamps.
$(VENV)/.stamp-test: $(VENV)/.stamp-venv $(PACKAGING)
	$(PIP_INSTALL) -e '.[test]'
	@touch $(VENV)/.stamp-run $@
