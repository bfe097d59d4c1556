"""The table of forecasts on the benchmark, beside the clairvoyants and the formulas of other systems."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

import numpy as np

from counters.core.forecast import foresee
from counters.core.forecast.plan import Entry, Kind, Plan
from counters.core.forecast.replay import Replay
from counters.core.forecast.shapes import Floats, Ints
from mpp import replay_files
from mpp.forecast_cli import RUNS
from tests.bench.forecast import cost, formulas, mallbench, variants
from tests.bench.forecast.score import HEAD, Score, line, score
from tests.bench.report import machine, write

PAGE = Path(__file__).parents[3] / "docs/measured.md"
FIRST_DAY = 30
PARTS = ("numba", "numpy")
Key = tuple[int, int]


class Bench:
    """The benchmark: its log, and the tickets of its later days that had to wait."""

    def __init__(self) -> None:
        self.plan = replay_files.read_plan(mallbench.PLAN)
        self.entries = replay_files.read_log(mallbench.EVENTS, self.plan, say)
        truths = mallbench.truths()
        self.keys = list(truths)
        self.waited = np.array([truth.waited for truth in truths.values()])
        self.favoured = self.classes(self.keys) > 0
        self.limit = self.score(np.array([truth.limit for truth in truths.values()]))
        self.perfect = self.score(np.array([truth.perfect for truth in truths.values()]))

    def classes(self, keys: list[Key]) -> Ints:
        """Return the class of each ticket."""
        known = {(entry.day, entry.ticket): entry.who for entry in self.entries if entry.kind is Kind.TICKET}
        return np.array([known[key] for key in keys])

    def score(self, quantiles: Floats) -> Score:
        """Score forecasts of the tickets that had to wait."""
        return score(quantiles, self.waited, self.favoured)

    def replay(self, name: str, entries: Iterable[Entry]) -> str:
        """Replay a log of the same waits, and write its row."""
        found = foretell(name, self.plan, entries)
        own = self.score(np.array([found[key] for key in self.keys]))
        return line(name, own, self.limit, self.perfect, has_range=True)

    def others(self) -> list[str]:
        """Write the rows of the formulas."""
        say("formulas of other systems")
        found = formulas.foretell(self.plan, self.entries, FIRST_DAY)
        table = np.array([found[key] for key in self.keys])
        rows = []
        for column, name in enumerate(formulas.NAMES):
            own = self.score(np.repeat(table[:, column : column + 1], 6, axis=1))
            rows.append(line(name, own, self.limit, self.perfect, has_range=False))
        return rows


def foretell(name: str, plan: Plan, entries: Iterable[Entry]) -> dict[Key, tuple[float, ...]]:
    """Replay a log, and return what was foretold."""
    say(name)
    predictions = Replay(plan, FIRST_DAY, RUNS).live(entries, lambda _: None)
    return {(day, ticket): tuple(forecast) for day, ticket, forecast in predictions}


def disorder(bench: Bench, share: float) -> str:
    """Tell what calls out of order cost; the clairvoyants know nothing of them."""
    name = f"{share:.0%} of the calls with a choice out of order"
    entries = variants.disordered(bench.entries, share)
    true = variants.waits(entries)
    keys = [key for key in bench.keys if true.get(key, 0.0) > 0]
    waited = np.array([true[key] for key in keys])
    before = variants.waits(bench.entries)
    moved = sum(true.get(key) != before.get(key) for key in bench.keys) / len(bench.keys)
    found, other = foretell(name, bench.plan, entries), formulas.foretell(bench.plan, entries, FIRST_DAY)
    favoured = bench.classes(keys) > 0
    own = score(np.array([found[key] for key in keys]), waited, favoured)
    best = min(float(np.abs(np.array([other[key][one] for key in keys]) - waited).mean()) for one in range(10))
    return (
        f"With {name} ({moved:.0%} of the waits changed): "
        f"MAE {own.error:.2f} min, bias {own.bias:+.2f}, the range covers {own.coverage:.2f}; "
        f"the best of the formulas {best:.2f} min."
    )


def costs() -> list[str]:
    """Tell what a refresh costs."""
    say("cost")
    first = cost.first()
    rows = [
        f"First forecast of a process: {first:.1f} s. One refresh of a tenant with 6 counters, {foresee.RUNS} runs:",
        "",
    ]
    rows += [
        "| waiting | CPU time | least | whom each counter would call by looking ahead | least |",
        "| ---: | ---: | ---: | ---: | ---: |",
    ]
    for waiting in (5, 20, 60, 120):
        took = [*cost.refresh(waiting), *cost.looks(waiting)]
        rows.append(f"| {waiting} | " + " | ".join(f"{one:.1f} ms" for one in took) + " |")
    return rows


def say(what: str) -> None:
    """Tell whoever waits how far it is."""
    print(f"{perf_counter() - BEGAN:5.0f} s  {what}", file=sys.stderr, flush=True)


def main(*, is_quick: bool) -> str:
    """Measure, and return what goes onto the page."""
    paid = costs()
    bench = Bench()
    rows = [
        HEAD,
        line(
            "*L1: knows all true parameters and every future pause*",
            bench.limit,
            bench.limit,
            bench.perfect,
            has_range=True,
        ),
        line("*L2: the same without the future pauses*", bench.perfect, bench.limit, bench.perfect, has_range=True),
        bench.replay("**forward simulation**", bench.entries),
    ]
    if not is_quick:
        one_day = [entry for entry in bench.entries if entry.day >= FIRST_DAY - 1]
        rows.append(bench.replay("the same, only one day learned before", one_day))
        no_pauses = variants.without(bench.entries, Kind.PAUSE)
        rows.append(bench.replay("the same, pauses not recorded", no_pauses))
    rows += bench.others()
    if not is_quick:
        rows += ["", disorder(bench, 0.5)]
    return "\n".join([f"{len(bench.keys):,} tickets of 15 days that had to wait.", "", *rows, "", *paid]) + "\n"


def run(*, is_quick: bool) -> None:
    """Measure, print, and write the page."""
    load = os.getloadavg()[0]
    measured = main(is_quick=is_quick)
    found = f"{machine(load, 'bench-forecast', PARTS)}\n\n{measured}\nThe run took {perf_counter() - BEGAN:.0f} s."
    print(found)
    if not is_quick:
        write(PAGE, found, "bench-forecast")


BEGAN = perf_counter()
