# `make demo` and `make test` come first in the README; both make their own virtual environment in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
DATA ?= ../shared

.PHONY: demo test lint types figures docs messages bench accuracy validity calibration fit clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed: make demo PYTHON=python3.11')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.developing: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $@

demo: $(VENV)/.installed
	$(BIN)/framing demo -o demo

test: $(VENV)/.developing lint types
	$(BIN)/python -m pytest -n 2 --cov=framing --cov-report=term:skip-covered

lint: $(VENV)/.developing
	$(BIN)/ruff check framing tests benchmarks
	$(BIN)/framing lexicon lint --no-notes
	$(BIN)/framing lexicon test

types: $(VENV)/.developing
	$(BIN)/mypy

# With the dictionary of syllables among the developer packages: the bytes depend on how syllables are counted.
figures: $(VENV)/.developing
	$(BIN)/python figures/make_gallery.py

docs: $(VENV)/.developing
	$(BIN)/sphinx-build -W -q -b html docs docs/_build/html

# All texts of reports, for translators: run it when one has changed.
messages: $(VENV)/.developing
	$(BIN)/python benchmarks/make_messages.py

bench: $(VENV)/.developing
	$(BIN)/python benchmarks/speed.py $(DATA)

accuracy: $(VENV)/.developing
	$(BIN)/python benchmarks/naming_accuracy.py $(DATA)
	$(BIN)/python benchmarks/voice_accuracy.py --watch $(DATA)
	$(BIN)/python benchmarks/event_accuracy.py $(DATA)
	$(BIN)/python benchmarks/copy_accuracy.py $(DATA)

# A folder with files named and formed like those of the development data; see benchmarks/validity.py.
validity: $(VENV)/.developing
	$(BIN)/python benchmarks/validity.py $(DATA)

calibration: $(VENV)/.developing
	$(BIN)/python benchmarks/calibration.py $(DATA) --write

fit: $(VENV)/.developing
	$(BIN)/python benchmarks/loaded_language.py --fit $(if $(wildcard $(DATA)/data),$(DATA)/data,$(DATA))

clean:
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
