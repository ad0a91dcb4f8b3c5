# `make run` starts Purr, `make test` tests it; each sets up what it needs, in .venv and nowhere else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/pip-compile --quiet --no-config --strip-extras --allow-unsafe --generate-hashes \
	--build-deps-for=editable --annotation-style=line \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host

# In the order of the folders, so that the long stories do not come last and alone. They wait for servers and
# browsers half of their time, so there are two more at work than there are cores. What they write need not last:
# it goes into memory, where there is plenty.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 2)
MEMORY := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 6000000 { print "/dev/shm" }')
PYTEST := $(if $(MEMORY),TMPDIR=$(MEMORY) )$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help install run test coverage check audit fuzz format docs bench e2e chaos soak ear lock clean

help:
	@echo "make run      set up Purr and start it"
	@echo "make test     run every test"
	@echo "make coverage run every test, and tell which lines none of them runs"
	@echo "make check    format, lint, types, imports and tests, as CI does"
	@echo "make audit    ask whether anything that Purr is built on has a known weakness"
	@echo "make fuzz     break every sample file in many more places than make test does"
	@echo "make install  the environment in .venv, nothing else"
	@echo "make format   write the code the way check wants it"
	@echo "make docs     make docs/settings.md anew, of the settings and .env.example"
	@echo "make bench    measure speed"
	@echo "make e2e      run Purr against stand-ins for Slack and Telegram; needs npm, dovecot"
	@echo "make chaos    kill Purr amid ten thousand letters, and let all else go wrong; some fifteen minutes"
	@echo "make soak     live a whole year of three businesses, and replay YEARS=200 random ones; a quarter of an hour"
	@echo "make pictures take the pictures of the documents anew; needs chromium and the fonts-noto of Debian"
	@echo "make ear      learn anew what customers' answers say, from tests/corpus"
	@echo "make lock     choose the versions of the dependencies anew"
	@echo "make clean    remove all that make made"

install: $(VENV)/tools

run: $(VENV)/purr
	@$(BIN)/purr

test: $(VENV)/tools
	$(PYTEST)

coverage: $(VENV)/tools
	$(PYTEST) --cov --cov-report=term

check: $(VENV)/tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST)

audit: $(VENV)/tools
	$(BIN)/python -m tests.security.audit

fuzz: $(VENV)/tools
	PURR_FUZZ=50 $(PYTEST) --timeout=3600 tests/storage/readers/test_every_file.py

format: $(VENV)/tools
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/tools
	$(BIN)/python -m tests.reference

bench: $(VENV)/tools
	$(BIN)/python -m bench
	$(BIN)/python -m bench --postgres 400 3 20000

e2e: $(VENV)/tools
	$(BIN)/python -m tests.e2e

chaos: $(VENV)/tools
	$(BIN)/python -m tests.chaos

soak: YEARS ?= 200
soak: SEED ?= 1
soak: $(VENV)/tools
	$(BIN)/python -m tests.year $(YEARS) $(SEED)

pictures: $(VENV)/tools
	$(BIN)/python -m tests.pictures

ear: $(VENV)/tools
	$(BIN)/python -m messages.ear.answers.training tests/corpus

lock: $(VENV)/tools
	$(PIP) install pip-tools
	CUSTOM_COMPILE_COMMAND="make lock" $(LOCK) --upgrade --output-file=requirements.lock pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(LOCK) --upgrade --extra=dev --constraint=requirements.lock \
		--output-file=requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist .coverage .coverage.* .grimp_cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Two steps, so that whoever only wants to run Purr need not wait for the workshop's tools. A lock names all there is to
# install; were pip to look for more, a newer release of what is asked for with an extra would stop it.
$(VENV)/purr: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Setting up Purr in $(VENV); the first time takes a minute or two."
	@$(PIP) install --no-deps --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/tools: requirements-dev.lock $(VENV)/purr
	@echo "Fetching the tools that test and check it."
	@$(PIP) install --no-deps --no-compile --require-hashes --requirement requirements-dev.lock
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Purr needs Python 3.11 or newer; name one with: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
