"""The benchmark in the folder beside: a synthetic mall's log, its plan, and the clairvoyant's forecasts.

It is our own: 16 tenants, 45 days, made by a simulation that shares no code with the product. For each ticket of the
days from 30 on, `truth_test.csv.gz` holds the true wait and the quantiles of two forecasters that know all true
parameters: L1 also knows every future pause, L2 does not.
"""

import csv
import gzip
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "data"
EVENTS, PLAN, TRUTH = FOLDER / "events.csv.gz", FOLDER / "config.json", FOLDER / "truth_test.csv.gz"


LEVELS = ("mean", "q10", "q25", "q50", "q75", "q90")


class Truth(NamedTuple):
    """What the clairvoyants foretold to a visitor who had to wait, and the true wait."""

    limit: tuple[float, ...]
    perfect: tuple[float, ...]
    waited: float


def truths() -> dict[tuple[int, int], Truth]:
    """Return the truth of each ticket that had to wait, by day and number; L1 is the limit, L2 the perfect model."""
    with gzip.open(TRUTH, "rt", encoding="utf-8", newline="") as file:
        return {
            (int(row["day"]), int(row["ticket"])): Truth(
                tuple(float(row[f"L1_{level}"]) for level in LEVELS),
                tuple(float(row[f"L2_{level}"]) for level in LEVELS),
                float(row["wait"]),
            )
            for row in csv.DictReader(file)
            if row["must_wait"] == "1"
        }


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
