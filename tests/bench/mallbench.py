"""The benchmark of tests/bench/data: a synthetic mall's log, its plan, and the clairvoyant's forecasts.

It is our own: 16 tenants, 45 days, made by a simulation that shares no code with the product. For each ticket of the
days from 30 on, `truth_test.csv.gz` holds the true wait and the quantiles of two forecasters that know all true
parameters: L1 also knows every future pause, L2 does not.
"""

import csv
import gzip
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

FOLDER = Path(__file__).parent / "data/mallbench"
EVENTS, PLAN, TRUTH = FOLDER / "events.csv.gz", FOLDER / "config.json", FOLDER / "truth_test.csv.gz"


def rows(days: range, tenants: frozenset[int] | None = None) -> Iterator[list[str]]:
    """Yield the header and the lines of these days (and tenants) of the log."""
    with gzip.open(EVENTS, "rt", encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        yield next(lines)
        for line in takewhile(lambda line: int(line[0]) < days.stop, lines):
            if int(line[0]) in days and (tenants is None or int(line[3]) in tenants):
                yield line


def write(path: Path, lines: Iterator[list[str]] | list[list[str]]) -> Path:
    """Write lines as the replay reads them."""
    with gzip.open(path, "wt", encoding="utf-8", newline="", compresslevel=1) as file:
        csv.writer(file).writerows(lines)
    return path
