# Everything runs in .venv, made here; nothing else on the machine is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test lint bench build clean

help:
	@echo "make demo   install, build, validate, load, extract, score: the main job"
	@echo "make test   the test suite"
	@echo "make lint   style, types and import rules"
	@echo "make bench  speed beside other scorers"
	@echo "make build  rebuild corpus/data after a change to seeds or annotations"

$(VENV)/.base: pyproject.toml
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 10), "Python 3.10 or newer is needed; say make PYTHON=python3.12"'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=23"
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.test: $(VENV)/.base
	$(BIN)/python -m pip install --quiet --editable ".[test]"
	touch $@

$(VENV)/.lint: $(VENV)/.base
	$(BIN)/python -m pip install --quiet --editable ".[lint,test]"
	touch $@

$(VENV)/.bench: $(VENV)/.base
	$(BIN)/python -m pip install --quiet --editable ".[bench]"
	touch $@

demo: $(VENV)/.base
	$(BIN)/onrecord build --check
	$(BIN)/onrecord validate seeds corpus
	$(BIN)/python docs/examples/load.py
	$(BIN)/onrecord extract --system rules --split test -o predictions.jsonl
	$(BIN)/onrecord score predictions.jsonl --split test --system rules -o report.json

test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/run.py

build: $(VENV)/.base
	$(BIN)/onrecord build

clean:
	rm -rf $(VENV) build dist *.egg-info
