# Two commands set everything up: `make run` serves the portal, `make test` installs what tests need and passes them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: run test test-full audit lint check bench install install-test document-evidence report messages translations clean contract

run: install
	@$(BIN)/madang serve

install: $(VENV)/.installed
install-test: $(VENV)/.installed-test

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Madang needs Python 3.11 or newer: set PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Install Python's venv first: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Madang (first start only) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-test: pyproject.toml constraints.txt package-lock.json tools/system_packages.sh | $(VENV)/bin/python
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@sh tools/system_packages.sh $(BIN)
	@touch $(VENV)/.installed $@

lint: install-test
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint madang/web/templates --lint --quiet
	@$(BIN)/python tools/file_lengths.py

test: lint
	@$(BIN)/madang catalogues
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest -n 2 --dist loadfile -m "not full"

test-full: lint
	@sh tools/system_packages.sh $(BIN) full
	@$(BIN)/madang catalogues
	@PATH="$(CURDIR)/$(BIN):$$PATH"; \
	$(BIN)/python -m pytest -m "full and alone"; alone=$$?; \
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not (full and alone)" && exit $$alone

# Looks at every state of every page that has no evidence yet: make audit MINUTES=60, make audit FULL=yes
audit: install-test
	@$(BIN)/madang catalogues
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/accessibility/audit.py $(if $(MINUTES),--minutes $(MINUTES)) $(if $(FULL),--full)

bench: install-test
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@$(BIN)/python -m bench

# Reads every document back in six languages; test_every_certificate says when it must be run again
document-evidence: install-test
	@$(BIN)/python tools/document_evidence.py

# EARL, OpenACR, the items of KWCAG and a page to read, from the evidence of this version: make report OUT=folder
report: install
	@$(BIN)/python -m madang.accessibility.report $(or $(OUT),var/accessibility)

messages: install-test
	@$(BIN)/python tools/messages.py

contract: install
	@$(BIN)/python -m madang.contract.openapi

clean:
	rm -rf $(VENV) var node_modules build *.egg-info
