# `make demo` and `make test` are all a newcomer needs; each installs what is missing. The rest is in CONTRIBUTING.md.

.DEFAULT_GOAL := help
.PHONY: help demo test check bench eval-intake browser prove setup lock format
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
# What to test: make test T=tests/unit/record
T :=
# Both cores of a small machine; a file's tests stay together, so what they share is made once.
JOBS := 2
export PYTHON
export SERVE

help:
	@echo "make demo    set up, replay two rounds of talks, and serve them on this machine (SERVE=0: print only)"
	@echo "make test    set up, and run every test (T=tests/unit/record: only those)"
	@echo "make check   ruff, mypy, import-linter, locks, migrations"
	@echo "make bench   the benchmarks"
	@echo "make prove   the model of the sealed exchange, and the attacks it must find"
	@echo "make browser bundle the module in browser/ for the pages"
	@echo "make eval-intake  scores of intake on annotated articles, beside their targets"
	@echo "make setup   the environment with the tests' tools"
	@echo "make lock    write the locks from pyproject.toml (UPGRADE=1: newest releases)"
	@echo "make format  let ruff format and fix"

demo:
	@tools/system run
	@tools/venv run
	@tools/demo

setup:
	@tools/system test
	@tools/venv test
	@tools/browser install

browser:
	@tools/system run
	@tools/venv test
	@tools/browser build

test: setup
	@$(BIN)/pytest -n $(JOBS) --dist loadfile $(T)

# Reading the settings needs a home; this one stays empty.
check: export GOODOFFICES_HOME := $(CURDIR)/.demo/check
check: export DJANGO_SETTINGS_MODULE := goodoffices.web.settings
check:
	@tools/system run
	@tools/venv test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_locks.py
	tools/browser check
	@test ! -e src/goodoffices/web/settings.py || $(BIN)/django-admin makemigrations --check --dry-run

bench:
	@tools/system test
	@tools/venv test
	@tools/browser install
	@for benchmark in benchmarks/[a-z]*.py; do echo "== $$benchmark"; PYTHONPATH=. $(BIN)/python "$$benchmark" || exit 1; done

prove:
	@tools/system test
	@tools/venv run
	@$(BIN)/python tools/prove.py

eval-intake:
	@tools/venv run
	@PYTHONPATH=src:. $(BIN)/python -m evaluation.intake.score $(if $(SPLIT),--split $(SPLIT))

lock:
	@test -x $(BIN)/uv || tools/venv test
	@tools/lock $(if $(UPGRADE),--upgrade)

format:
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
