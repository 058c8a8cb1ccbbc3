# Everything a person does with the sources. `make` alone lists it.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The interpreter that .venv is made with; the first one here that is 3.11 or newer and can.
PYTHON ?= $(shell \
	for python in python3.13 python3.12 python3.11 python3; do \
		$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$python; exit; }; \
	done; echo python3)

VENV := .venv
BIN := $(VENV)/bin
BENCH_VENV := .venv-bench
CLIENTS_VENV := .venv-clients
DOCS_VENV := .venv-docs
MUTANTS_VENV := .venv-mutants
LANGUAGES = $$($(BIN)/python -c 'from conversations.language.languages import LANGUAGES; print(*LANGUAGES)')

# Brings what the sources say into the catalogues of the folder $(1). No line numbers and no new dates, so that a
# catalogue changes only where a sentence does. The markers to look for are in pyproject.toml.
define bring_messages
	@$(BIN)/pybabel --quiet extract --mapping-file=pyproject.toml --no-default-keywords --keyword=_ \
		--add-location=file --width=120 --output-file=$(1)/meldind.pot \
		--project=Meldind --version=1 --copyright-holder="the Meldind authors" --msgid-bugs-address=docs/translating.md \
		--header-comment="# What Meldind says, in the order of the sources." conversations bot
	@sed -i '/^"POT-Creation-Date:/d' $(1)/meldind.pot
	@for language in $(LANGUAGES); do \
		$(BIN)/pybabel --quiet update --domain=meldind --locale=$$language --init-missing \
			--input-file=$(1)/meldind.pot --output-dir=$(1) \
			--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=120 || exit 1; \
	done
endef

# What the tests are called with, for instance: make test TESTS="tests/storage -x". Many of them wait for a process to
# start or for a pause to end, so there are two for each core.
TESTS ?= --numprocesses=$$((2 * $$(nproc))) --maxprocesses=8

.PHONY: help
help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r target what; do printf '  make %-15s %s\n' "$$target" "$$what"; done

## Use

.PHONY: run
run: $(VENV)/.run ## set up what is needed and start the bot
	@$(BIN)/meldind run

.PHONY: talk
talk: $(VENV)/.run ## chat with the bare conversations in this terminal, nothing is kept
	@$(BIN)/python -m bot.cli.talk

## Work

.PHONY: test
test: $(VENV)/.test ## set up what is needed and run the tests
	@tests/browser.sh --for $(TESTS)
	@$(BIN)/pytest $(TESTS)

.PHONY: screenshots
screenshots: $(VENV)/.test ## take the pictures in docs/pictures from the real page
	@tests/browser.sh --fonts
	@$(BIN)/python -m tests.screenshots

.PHONY: check
check: check-code test ## all that CI checks but check-locks: style, types, imports, catalogues, tests

.PHONY: check-code
check-code: $(VENV)/.test ## the same without the tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory check-messages audit-code

# `pybabel update --check` would do, but it takes every entry with a context (our labels) for a change.
.PHONY: check-messages
check-messages: $(VENV)/.test ## are the catalogues those of the sources
	@rm -rf build/locales && mkdir -p build && cp -R locales build/locales
	$(call bring_messages,build/locales)
	@diff --unified --recursive --exclude='__pycache__' locales build/locales || \
		{ echo "The sources say something else than the catalogues in locales/: run make messages." >&2; exit 1; }
	@echo "The catalogues have what the sources say."

.PHONY: messages
messages: $(VENV)/.test ## bring what the sources say into the catalogues
	$(call bring_messages,locales)

.PHONY: docs
docs: $(VENV)/.run $(DOCS_VENV)/.docs ## make the documentation a site in build/docs
	@$(BIN)/python -m tests.documentation build/pages
	@$(DOCS_VENV)/bin/mkdocs --quiet build --strict --clean
	@echo "The documentation is in build/docs: open build/docs/index.html"

.PHONY: format
format: $(VENV)/.test ## put the sources in shape
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

.PHONY: understand
understand: $(VENV)/.test ## measure how well the bot understands what people write
	@$(BIN)/python -m tests.understanding

# More in docs/benchmark.md, for instance: make bench BENCH_SECONDS=30 BENCH_ROUNDS=5 BENCH_PEERS=0
BENCH_PEERS ?= 1

.PHONY: bench
bench: $(VENV)/.test $(if $(filter-out 0,$(BENCH_PEERS)),$(BENCH_VENV)/.bench) ## measure the bot on this machine, beside others
	@$(BIN)/python -m tests.bench $(if $(BENCH_SECONDS),--seconds=$(BENCH_SECONDS)) $(if $(BENCH_ROUNDS),--rounds=$(BENCH_ROUNDS)) \
		$(if $(filter 0,$(BENCH_PEERS)),--no-peers) $(BENCH)

# Asks the npm registry; a version that is not the newest for instance by: make specification TYPINGS=10.3.1
TYPINGS ?= latest

.PHONY: specification
specification: $(VENV)/.run ## bring the local Bot API server up to Telegram's newest Bot API; needs npm
	@command -v npm >/dev/null || { echo "The description of the Bot API comes by npm. On Debian: apt install npm" >&2; exit 1; }
	@rm -rf build/typings && mkdir -p build/typings
	@cd build/typings && npm pack --silent @gramio/types@$(TYPINGS) && tar -xzf ./*.tgz
	@$(BIN)/python -m bot.botapi.specification.compact build/typings/package/out > build/typings/api.json
	@cp build/typings/api.json bot/botapi/specification/api.json
	@git --no-pager diff --stat bot/botapi/specification/api.json

# Bots with grammY, telegraf, aiogram and pyTelegramBotAPI, in environments of their own; needs node and npm.
.PHONY: clients
clients: $(VENV)/.test $(CLIENTS_VENV)/.clients ## let bots of four other libraries talk to the local Bot API server
	@cp $(CLIENTS)/*.js $(CLIENTS_VENV)
	@$(BIN)/python -m tests.clients $(CLIENTS_VENV)

.PHONY: audit
audit: audit-code audit-dependencies ## look for weaknesses, in the code and in what it is built on

.PHONY: audit-code
audit-code: $(VENV)/.test
	@$(BIN)/bandit --quiet --configfile=pyproject.toml --recursive bot conversations locales storage
	@echo "bandit finds nothing that is not explained in docs/audits.md."

# Asks pypi.org, and fails where that cannot be asked: what was not looked at is not clean.
.PHONY: audit-dependencies
audit-dependencies: $(VENV)/.test
	@$(BIN)/pip-audit --strict --progress-spinner=off --disable-pip --require-hashes --requirement=requirements.lock
	@$(BIN)/pip-audit --strict --progress-spinner=off --disable-pip --require-hashes --requirement=requirements-dev.lock

# Fetches every package once, into build/; see tests/locks.py.
.PHONY: check-locks
check-locks: $(VENV)/.test ## can old versions of pip install the locks, whatever is released
	@$(BIN)/python -m tests.locks

# The same seed gives the same run, for instance: make fuzz FUZZ_UPDATES=200000 FUZZ_SEED=7
FUZZ_UPDATES ?= 20000

.PHONY: fuzz
fuzz: $(VENV)/.test ## throw updates at the bot, as they should be and broken
	@$(BIN)/python -m tests.fuzz --updates=$(FUZZ_UPDATES) $(if $(FUZZ_SEED),--seed=$(FUZZ_SEED)) $(FUZZ)

# More in docs/chaos.md, for instance: make chaos CHAOS_KILLS=300 CHAOS_DATABASE=postgresql CHAOS_SEED=7
.PHONY: chaos
chaos: $(VENV)/.test ## kill the bot again and again while people report, and look at its promises
	@$(BIN)/python -m tests.chaos $(if $(CHAOS_KILLS),--kills=$(CHAOS_KILLS)) $(if $(CHAOS_DATABASE),--database=$(CHAOS_DATABASE)) \
		$(if $(CHAOS_SEED),--seed=$(CHAOS_SEED)) $(CHAOS)

# The same seed draws the same changes; more in docs/mutants.md, for instance: make mutants MINUTES=30 SEED=7
.PHONY: mutants
mutants: $(VENV)/.test $(MUTANTS_VENV)/.mutants ## change the sources by lot: which changes does no test notice
	@$(BIN)/python -m tests.mutants $(if $(MINUTES),--minutes=$(MINUTES)) $(if $(SEED),--seed=$(SEED)) $(MUTANTS)

# make release VERSION=1.2.0 cuts the changelog into that version, commits and tags it first; see tests/release.py.
.PHONY: release
release: $(VENV)/.test ## build the files of a release into dist/
	@$(BIN)/python -m tests.release $(if $(VERSION),--version=$(VERSION))

.PHONY: lock
lock: ## pin the dependencies anew; UPGRADE=1 takes the newest ones
	@test -x build/lock/bin/uv || { $(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet uv; }
	@compile="build/lock/bin/uv pip compile --quiet --universal --python-version=3.11 --generate-hashes --no-header $(if $(UPGRADE),--upgrade)"; \
	$$compile pyproject.toml --group=build --output-file=requirements.lock && \
	$$compile pyproject.toml --group=build --group=dev --constraints=requirements.lock --output-file=requirements-dev.lock && \
	$$compile --group=bench --output-file=requirements-bench.lock && \
	$$compile --group=clients --output-file=requirements-clients.lock && \
	$$compile --group=docs --output-file=requirements-docs.lock && \
	$$compile --group=mutants --output-file=requirements-mutants.lock

.PHONY: clean
clean: ## remove what make has made, .venv too
	rm -rf $(VENV) $(BENCH_VENV) $(CLIENTS_VENV) $(DOCS_VENV) $(MUTANTS_VENV) build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage

## How .venv is made

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Meldind needs Python 3.11 or newer, and $(PYTHON) is not. On Debian 12 or newer: apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment. On Debian: apt install python3-venv" >&2; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet
# A lock is installed as it stands (tests/locks.py says why), so whether it was whole is looked at after it.
PIP_CHECK = -m pip --disable-pip-version-check check
# The project itself goes in as it stands, with the build tool the lock has put there.
INSTALL_MELDIND = $(PIP) install --no-deps --no-build-isolation --editable .

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what the bot needs"
	@$(PIP) install --no-deps --require-hashes --requirement=requirements.lock
	@$(INSTALL_MELDIND)
	@$(BIN)/python $(PIP_CHECK)
	@touch $@

$(VENV)/.test: requirements-dev.lock pyproject.toml | $(VENV)/.run
	@echo "Installing what the tests need"
	@$(PIP) install --no-deps --require-hashes --requirement=requirements-dev.lock
	@$(BIN)/python $(PIP_CHECK)
	@touch $@

# The bots measured beside this one have an environment of their own: they need other versions of what it needs.
$(BENCH_VENV)/.bench: requirements-bench.lock
	@echo "Installing the bots to measure beside this one"
	@test -x $(BENCH_VENV)/bin/python || $(PYTHON) -m venv $(BENCH_VENV)
	@$(BENCH_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes --requirement=$<
	@$(BENCH_VENV)/bin/python $(PIP_CHECK)
	@touch $@

# The same for the documentation.
$(DOCS_VENV)/.docs: requirements-docs.lock
	@echo "Installing what makes the site of the documentation"
	@test -x $(DOCS_VENV)/bin/python || $(PYTHON) -m venv $(DOCS_VENV)
	@$(DOCS_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes --requirement=$<
	@$(DOCS_VENV)/bin/python $(PIP_CHECK)
	@touch $@

# The same for what changes the sources.
$(MUTANTS_VENV)/.mutants: requirements-mutants.lock
	@echo "Installing what changes the sources"
	@test -x $(MUTANTS_VENV)/bin/python || $(PYTHON) -m venv $(MUTANTS_VENV)
	@$(MUTANTS_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes --requirement=$<
	@$(MUTANTS_VENV)/bin/python $(PIP_CHECK)
	@touch $@

# The same for the bots that try the local Bot API server.
CLIENTS := tests/clients/bots
$(CLIENTS_VENV)/.clients: requirements-clients.lock $(CLIENTS)/package.json $(CLIENTS)/package-lock.json
	@command -v node >/dev/null && command -v npm >/dev/null || { \
		echo "Two of the clients run in Node, and node or npm is not here. On Debian: apt install nodejs npm" >&2; exit 1; }
	@echo "Installing the libraries of others that talk to the local Bot API server"
	@test -x $(CLIENTS_VENV)/bin/python || $(PYTHON) -m venv $(CLIENTS_VENV)
	@$(CLIENTS_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes --requirement=$<
	@$(CLIENTS_VENV)/bin/python $(PIP_CHECK)
	@cp $(CLIENTS)/package.json $(CLIENTS)/package-lock.json $(CLIENTS_VENV)
	@npm ci --prefix $(CLIENTS_VENV) --silent --no-audit --no-fund --ignore-scripts
	@touch $@
