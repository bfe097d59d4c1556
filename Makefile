# Each target is one command. `make demo` and `make test` set up what they need by themselves.
PYTHON ?= python3
export UV_COMPILE_BYTECODE = 1
unexport PYTHONDONTWRITEBYTECODE

SETUP = $(PYTHON) .ci/setup.py
INSIDE = . .venv/bin/activate &&
GATES = ruff format --check && ruff check && mypy && lint-imports && npm run check

.PHONY: setup demo test test-long check bench bench-day bench-forecast bench-policy bench-staffing bench-year screenshots types build clean

setup:        # make .venv with mpp, mpp-agent and the pages
	$(SETUP)

demo: setup   # live a day in a demo mall
	$(INSIDE) exec mpp demo

test:         # all gates and all tests
	$(SETUP) --for-tests && $(INSIDE) $(GATES) && npm test && pytest -n 4 --dist loadfile --no-loadscope-reorder

test-long:    # what takes minutes: whole shifts, crowds, outages, a board's weeks
	$(SETUP) --for-tests && $(INSIDE) pytest -n 2 --dist loadfile --no-loadscope-reorder -m "long or hypothesis" --hypothesis-profile deep

check: setup  # the quick gate, before every commit
	$(INSIDE) $(GATES) && pytest -q -m "not slow"

bench: setup  # measure, and write docs/measured.md
	$(INSIDE) python -m tests.bench

bench-day: setup  # what forecasts cost a busy hall, and write docs/measured.md
	$(INSIDE) python -m tests.bench.day

bench-forecast: setup  # measure the forecasts of waits, and write docs/measured.md
	$(INSIDE) python -m tests.bench.forecast

bench-policy: setup  # the same visitors under other policies, and write docs/measured.md
	$(INSIDE) python -m tests.bench.policy

bench-staffing: setup  # counters per hour by formula and by search, and write docs/measured.md
	$(INSIDE) python -m tests.bench.staffing

bench-year: setup  # a year of 400,000 tickets: told as days, and how long its pages take
	$(INSIDE) python -m tests.bench.year

screenshots:  # make docs/pictures from the demo mall
	$(SETUP) --for-tests && $(INSIDE) python -m tests.browser.pictures

types: setup  # describe the server's values to the pages
	$(INSIDE) npm run types

build: setup  # make the wheel, pages included
	$(INSIDE) uv build --wheel

clean:        # take away everything that was made here
	rm -rf .venv node_modules mpp/static dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache uv.lock
