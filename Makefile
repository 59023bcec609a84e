# Each target does all its own set-up on a machine that has Python 3.11+ and make.
# Paths are quoted throughout, so that the checkout may stand in a folder with a space in its name.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# As pip does: a company's network may have an authority of its own.
export UV_SYSTEM_CERTS := true
SAMPLE := corpora/sample
OPEN := 2022-01-10
UNTIL := 2022-01-17

.PHONY: setup report test check lab bench clean lock golden

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Parley needs Python 3.11 or newer: name one with `make PYTHON=/path/to/python3.12`")'
	@test -x "$(BIN)/python" || "$(PYTHON)" -m venv .venv
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check uv
	@"$(BIN)/uv" pip sync --quiet --compile-bytecode --python "$(BIN)/python" requirements.lock
	@"$(BIN)/uv" pip install --quiet --python "$(BIN)/python" --no-deps --editable .
	@touch $(READY)

$(SAMPLE)/.annotated: $(READY) $(shell find data/sample/articles data/actors data/models -type f 2>/dev/null | sed 's/ /\\ /g')
	@"$(BIN)/parley" ingest data/sample/articles --corpus $(SAMPLE)
	@"$(BIN)/parley" annotate --corpus $(SAMPLE)
	@touch $@

report: $(SAMPLE)/.annotated ## a finished report on the sample; prints where it is
	@"$(BIN)/parley" report weekly-briefing --corpus $(SAMPLE) -p start=$(OPEN) -p end=$(UNTIL)

test: $(READY) ## every test, on all cores
	@"$(BIN)/python" -m pytest -n auto --dist loadscope

check: $(READY) ## style, types, import contracts, notebooks, registry, documentation
	@"$(BIN)/ruff" check .
	@"$(BIN)/ruff" format --check .
	@"$(BIN)/mypy"
	@"$(BIN)/lint-imports" --no-cache
	@"$(BIN)/python" -m parley.report.lint notebooks/*.ipynb
	@"$(BIN)/python" -m parley.annotate.registry

lab: $(SAMPLE)/.annotated ## JupyterLab on the notebooks
	@"$(BIN)/jupyter" lab --notebook-dir=. notebooks/README.md

bench: $(READY) ## speed and memory beside peers, each a ratio within one run
	@"$(BIN)/python" -m benchmarks

golden: $(SAMPLE)/.annotated ## the page in reports/golden, and its picture, made again
	@"$(BIN)/python" -m tests.report.golden

lock: $(READY) ## make requirements.lock again from pyproject.toml
	@"$(BIN)/uv" pip compile pyproject.toml --group dev --extra cluster --extra pdf --universal \
	  --python-version 3.11 --generate-hashes --no-header --quiet -o requirements.lock
	@"$(BIN)/python" -m pytest -q tests/test_environment.py # prints what environment.yml lacks

clean: ## what can be made again
	rm -rf .venv corpora/sample build .pytest_cache .ruff_cache .mypy_cache .hypothesis
