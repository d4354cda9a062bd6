# On a machine with make and Python 3.11 or newer, and nothing else:
#
#   make scan      compare the five sample reports in seeds/
#   make test      run the tests
#
# Everything lands in .venv, at the versions and with the hashes of the lock files; where packages come from is pip's
# own configuration. PYTHON=python3.12 chooses an interpreter. To begin afresh: make clean.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check install
LOCK   := PATH="$(BIN):$$PATH" uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help scan test faults lint check lock bench bench-peers quality accept clean

help:
	@sed -n 's/^#   \(make .*\)/\1/p' Makefile
	@echo 'make faults    the long tests: mutations, kills, full disks, flipped bits (some minutes)'
	@echo 'make lint      ruff, mypy, clang-format'
	@echo 'make check     lint and test'
	@echo 'make lock      renew the lock files from pyproject.toml (needs uv)'
	@echo 'make bench     measure start-up, and speed beside every peer that is there (DOCUMENTS, ROWS; docs/PERFORMANCE.md)'
	@echo 'make bench-peers  install the peers, each in an environment of its own below .peers'
	@echo 'make quality   measure how well recycled text is found (docs/QUALITY.md; some minutes)'
	@echo 'make accept    take what is printed now as what the golden files and the README shall say'
	@echo 'make clean     remove .venv, .bench, .peers, caches and reports'

scan: $(VENV)/.run
	$(BIN)/kejidiff scan seeds/

test: $(VENV)/.dev
	$(BIN)/python -m pytest

faults: $(VENV)/.dev
	$(BIN)/python -m pytest tests/faults -m faults -s

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/clang-format --dry-run -Werror kejidiff/kernel/*.[ch]

check: lint test

# How many documents (several sizes may be named), which tables, and what else benchmarks/speed/measure.py takes.
DOCUMENTS ?= 1000
ROWS ?= peers
BENCH ?=
bench: $(VENV)/.run
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/speed/measure.py --documents $(DOCUMENTS) --rows $(ROWS) $(BENCH)

# A peer that cannot be had here keeps no other from being installed, and is left out of the table.
PEERS := datasketch rensa gaoya text-dedup datatrove passim
bench-peers:
	@for peer in $(PEERS); do $(MAKE) --no-print-directory .peers/$$peer/.made || echo "no $$peer" >&2; done

# Any folder of texts will do: make quality TEXTS=archive/
TEXTS ?= ../shared/corpus
quality: $(VENV)/.dev
	@if [ -d "$(TEXTS)" ]; then \
	  $(BIN)/python benchmarks/quality/measure.py "$(TEXTS)"; \
	else \
	  echo 'no texts at $(TEXTS); measuring on seeds/, which is too little for figures that mean much' >&2; \
	  $(BIN)/python benchmarks/quality/measure.py seeds --cases 2; \
	fi

accept: $(VENV)/.dev
	KEJIDIFF_ACCEPT=1 $(BIN)/python -m pytest tests/view tests/quality tests/tricky
	$(BIN)/python tests/house/console_blocks.py --write

lock:
	$(LOCK) --group build -o requirements-build.lock
	$(LOCK) pyproject.toml --constraint requirements-build.lock -o requirements.lock
	$(LOCK) pyproject.toml --extra dev --constraint requirements-build.lock --constraint requirements.lock \
	  -o requirements-dev.lock

clean:
	rm -rf $(VENV) .bench .peers .mypy_cache .pytest_cache .ruff_cache .hypothesis dist reports/report.html \
	  reports/report.json reports/passages.csv
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.peers/%/.made: benchmarks/peers/%.txt
	$(PYTHON) -m venv .peers/$*
	.peers/$*/bin/python -m pip --quiet --disable-pip-version-check install -r $<
	@touch $@

# The stamps below carry what is installed; they are older than a changed lock, and then their recipe runs again.

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'kejidiff needs Python 3.11 or newer; $(PYTHON) is not. Try: make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv' >&2; \
	  exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# Nothing is built in an environment of its own: pip would fill that without looking at hashes.
$(VENV)/.build: requirements-build.lock $(VENV)/.made
	$(PIP) --require-hashes --only-binary :all: -r requirements-build.lock
	@touch $@

$(VENV)/.run: requirements.lock pyproject.toml $(wildcard kejidiff/kernel/*.[ch]) kejidiff/kernel/build.py $(VENV)/.build
	$(PIP) --require-hashes --no-build-isolation --use-pep517 -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q kejidiff
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(PIP) --require-hashes --no-build-isolation --use-pep517 -r requirements-dev.lock
	@touch $@
