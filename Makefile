# `make build` and `make test` need Python 3.11 or later, and nothing else.
PYTHON ?= python3
BIN := .venv/bin

build: .venv/installed  ## set up .venv and build decks/ into dist/
	$(BIN)/octdeck build

test: .venv/ready  ## set up .venv and run every check and test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadfile

check: test

verify: .venv/ready  ## prove in the real Anki that the next release of decks/ harms no student
	$(BIN)/octdeck verify

format: .venv/ready  ## put the code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: .venv/ready  ## write the golden files and generated pages anew; read the difference before you commit it
	UPDATE_GOLDEN=1 $(BIN)/pytest -n 2 --dist loadfile tests/test_golden.py tests/test_codes.py tests/test_updates.py tests/test_keys.py tests/test_quality.py

bench: .venv/ready  ## measure, and write benchmarks/RESULTS.md; BENCH="--only start" measures a part
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python -m benchmarks $(BENCH)

fuzz: .venv/ready  ## try 100,000 spoilt banks; see tests/fuzz/
	cd tests && ../$(BIN)/python -m fuzz

fuzz-reader: .venv/ready  ## let coverage choose what to read, for ten minutes; needs Linux
	$(BIN)/python -m pip install --quiet --group fuzz
	cd tests && ../$(BIN)/python -m fuzz.reader corpus -max_total_time=600 -max_len=20000 -timeout=10 -rss_limit_mb=700

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/ready: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

.PHONY: build test check verify format golden bench fuzz fuzz-reader clean
