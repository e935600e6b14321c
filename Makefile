# Needs Python 3.11 or newer, make, and the package index; everything else is installed in .venv.

PYTHON ?= python3
EXTRACTS ?= ../shared/maps
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench studies comparison answers docs-tables shipped-maps golden notebooks clean

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 20

demo: .venv/demo ## Set up everything, play the shipped evening, say where its page is
	@folder=evening; number=1; \
	while [ -e "$$folder" ]; do number=$$((number + 1)); folder="evening-$$number"; done; \
	$(BIN)/boef run --output "$$folder"

test: .venv/dev lint ## Set up everything, check style and types, run the tests with branch coverage
	$(BIN)/python -m pytest --numprocesses=2 --dist=loadfile --cov --cov-report=term

lint: .venv/dev ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/dev ## Measure speed against the goals and print the table
	$(BIN)/python -m tests.benchmarks

studies: .venv/dev ## Run the long checks, of which `make test` repeats a sample, and write their pages in docs/
	$(BIN)/python -m tests.studies

comparison: .venv/dev ## Compare the alert structures again, where the model changed, and write docs/comparison.md
	$(BIN)/python -m tests.studies comparison.md

answers: .venv/dev ## Play all structures in a thousand worlds again, where the model changed, and write docs/answers.md
	$(BIN)/python -m tests.studies answers.md

docs-tables: .venv/dev ## Write the tables in docs/ again from the code
	$(BIN)/python -m simulation.scenario.reference
	$(BIN)/python -m simulation.trace.schema docs/trace.md
	$(BIN)/python -m simulation.scoring.goals_page docs/goals.md
	@if [ -d "$(EXTRACTS)" ]; then $(BIN)/python -m simulation.maps.synthetic.compare "$(EXTRACTS)" docs/synthetic-maps.md; \
	else echo "docs/synthetic-maps.md stays as it is: no map extracts in $(EXTRACTS)"; fi

shipped-maps: .venv/demo ## Make the shipped maps again, after a change to importer, sight lines or map format
	$(BIN)/python -m simulation.maps.synthetic.ship scenarios

golden: .venv/dev ## Accept the present results of the shipped scenarios as the expected ones
	$(BIN)/python -m tests.golden

notebooks: .venv/dev ## Play the notebooks and keep what they show; open them with: jupyter lab notebooks
	$(BIN)/python -m tests.notebooks

clean: ## Remove what was installed and made here; evenings stay
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.*

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	echo "This Python cannot make a virtual environment. On Debian or Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@$(INSTALL) --upgrade pip

# The stamps are files, so that a second `make` installs nothing.
.venv/demo: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing what is needed in .venv ..."
	@$(INSTALL) --build-constraint constraints.txt --editable .
	@touch $@

.venv/dev: .venv/demo
	@echo "Installing what the tests need in .venv ..."
	@$(INSTALL) --build-constraint constraints.txt --group dev
	@touch $@
