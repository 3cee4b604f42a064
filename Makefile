# Every target sets up what it needs in .venv, beside the code.
PYTHON ?= python3
BIN := .venv/bin
STEPS ?= 20000
LIES ?= 1000000
PART ?= 1

.PHONY: setup demo test check words pictures walk lie mutate bench torture lock clean

setup: .venv/ready

.venv/ready: requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch .venv/ready

demo: setup
	$(BIN)/zhongshu demo

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The kernel and what calls it from a terminal, with coverage; the house on SQLite, and what touches
# a database once more on PostgreSQL.
test: check
	$(BIN)/pytest -n auto --cov=zhongshu.kernel --cov-report= tests/kernel tests/config
	$(BIN)/coverage report --include='src/zhongshu/kernel/*' --fail-under=100 --skip-covered
	$(BIN)/pytest -n auto --ignore=tests/kernel --ignore=tests/config
	$(BIN)/python -m tests.postgres $(BIN)/pytest -n auto tests/office tests/desk tests/apps tests/security

# The English catalogue, after a change of its text; needs gettext.
words:
	cd src/zhongshu/config/locale/en/LC_MESSAGES && msgfmt --check-format -o django.mo django.po

# The pictures of the README, taken from the demo; needs a Chromium.
pictures: setup
	$(BIN)/python -m tests.browser.pictures

walk: setup
	$(BIN)/python -m tests.kernel.flow.walk $(STEPS)

lie: setup
	$(BIN)/python -m tests.kernel.journal.lies $(LIES)

# Kills, cuts the power, fills the disk, races and forges; writes docs/reference/figures.md.
torture: setup
	$(BIN)/python -m tests.faults.torture $(PART)

mutate: setup
	$(BIN)/python -m tests.mutate $(ONLY)

bench: .venv/bench
	$(BIN)/python benchmarks/flow.py
	$(BIN)/python benchmarks/journal.py
	$(BIN)/python benchmarks/duties.py
	$(BIN)/python benchmarks/checkup.py
	$(BIN)/python benchmarks/triage.py
	$(BIN)/python benchmarks/search.py
	$(BIN)/python benchmarks/files.py
	$(BIN)/python benchmarks/reading.py

.venv/bench: .venv/ready requirements/bench.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	touch .venv/bench

# Rewrites the locks: names, versions and hashes, no host.
lock: setup
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --quiet pyproject.toml --extra pg --extra oidc --extra ldap requirements/dev.in -o requirements/dev.txt
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --quiet pyproject.toml --extra ocr -c requirements/dev.txt -o requirements/ocr.txt
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --quiet pyproject.toml --extra apprise -c requirements/dev.txt -o requirements/apprise.txt
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --quiet requirements/bench.in -c requirements/dev.txt -o requirements/bench.txt

clean:
	rm -rf .venv mutants .hypothesis .mypy_cache .ruff_cache .import_linter_cache
