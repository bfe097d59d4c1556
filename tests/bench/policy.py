"""`make bench-policy`: the same visitors under other policies, put into docs/measured.md."""

import os
from pathlib import Path
from time import process_time
from typing import NamedTuple

from counters import machine_code

machine_code.keep()

import numpy as np  # noqa: E402 - the compiler is told first where to keep its code

from counters.core.forecast.shapes import Rules  # noqa: E402
from counters.core.simulation.day import simulate  # noqa: E402
from counters.core.simulation.look_ahead import Ahead  # noqa: E402
from counters.core.simulation.outcome import Outcome, outcome  # noqa: E402
from tests.bench import policy_hall as hall  # noqa: E402
from tests.bench.report import machine, write  # noqa: E402

PAGE = Path(__file__).parents[2] / "docs/measured.md"
SETS = (7, 8, 9, 10, 11)
"""Seeds: so many times 200 days, to see what chance alone does to 200 days."""


class Way(NamedTuple):
    """A way to call, and what an independent program found for it on 200 days of this hall: columns of COMPARED."""

    name: str
    rules: Rules
    ahead: Ahead | None = None
    before: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())


def rules(weight: float = 1.0, head_start: float = 0.0, favour: float = 0.0) -> Rules:
    """Weigh priority and appointments alike."""
    return Rules(
        np.array([1.0, weight, weight]),
        np.array([0.0, head_start, head_start]),
        (hall.MINUTES.mean() / hall.MINUTES) ** favour,
    )


KNOWN = hall.habits()
NAN = float("nan")
WAYS = (
    Way("first come, first served (1:1)", rules(), None, ((7.0, 38, 37, 0.15), (12.5, 55, 53, 0.26))),
    Way("1:2.5", rules(2.5), None, ((7.1, 46, 19, 0.15), (12.4, 65, 27, 0.26))),
    Way("**1:5**", rules(5), None, ((6.8, 45, 11.8, 0.13), (12.3, 69, 17, 0.25))),
    Way("1:10", rules(10), None, ((6.7, 48, 9.1, 0.12), (12.2, 72, 11, 0.23))),
    Way("1:100, almost strict", rules(100), None, ((6.9, 50, 5.9, 0.12), (12.3, 76, 6.8, 0.21))),
    Way("head start 12 min", rules(1, 12), None, ((7.0, 41, 27, 0.14), (12.3, 58, 44, 0.25))),
    Way("head start 25 min", rules(1, 25), None, ((7.0, 46, 17, 0.14), ())),
    Way("head start 45 min", rules(1, 45), None, ((7.0, 50, 8.2, 0.13), (12.4, 68, 19, 0.23))),
    Way("1:2.5, favour short 1", rules(2.5, 0, 1), None, ((6.1, 36, 16, 0.12), (10.3, 56, 26, 0.20))),
    Way("1:5, favour short 0.5", rules(5, 0, 0.5)),
    Way("1:5, favour short 1", rules(5, 0, 1)),
    Way("look ahead", rules(), Ahead(KNOWN, hall.TARGETS), ((6.1, 44, 7.0, 0.07), (10.2, 70, 8.8, 0.12))),
    Way("1:5, guard 2 targets", rules(5), Ahead(KNOWN, hall.TARGETS, 2.0, runs=0)),
    Way("look ahead, guard 2 targets", rules(), Ahead(KNOWN, hall.TARGETS, 2.0), ((6.9, 48, 19, 0.10), ())),
)
COMPARED = ("mean", "ordinary p95", "priority p95", "late")
HEAD = (
    "| policy | mean | p99 | ordinary mean | p95 | p99 | priority p95 | booked p95 | late | slowdown | overtaken "
    "| longest a day |\n|---|" + "---: |" * 11
)


def figures(found: Outcome) -> list[float]:
    """Return the columns of a row."""
    ordinary, priority, booked = found.kinds
    cells = (
        found.all.mean, found.all.p99, ordinary.mean, ordinary.p95, ordinary.p99, priority.p95, booked.p95,
        found.all.late, found.slowdown, found.overtaken, found.longest_a_day,
    )  # fmt: skip
    assert found.overtaken_by_same == 0
    return [NAN if cell is None else cell for cell in cells]


def row(way: Way, of_sets: list[list[float]]) -> str:
    """Write the middle of the sets."""
    middle = np.median(of_sets, axis=0)
    cells = [f"{cell:.2f}" if column in {7, 8, 9} else f"{cell:.1f}" for column, cell in enumerate(middle)]
    return f"| {way.name} | {' | '.join(cells)} |"


def compared(way: Way, of_sets: list[list[float]], before: tuple[float, ...]) -> str:
    """Write the least and the most of the sets beside what was found before."""
    table = np.array(of_sets)[:, [0, 3, 5, 7]]
    cells = []
    for column, (low, high, told) in enumerate(zip(table.min(axis=0), table.max(axis=0), before, strict=True)):
        digits = 2 if column == 3 else 1
        cells.append(f"{low:.{digits}f} to {high:.{digits}f} ({told:g})")
    return f"| {way.name} | {' | '.join(cells)} |"


def measure(visits: int) -> dict[str, list[list[float]]]:
    """Live all sets of days under each policy."""
    found: dict[str, list[list[float]]] = {way.name: [] for way in WAYS}
    for seed in SETS:
        days = hall.days(visits, KNOWN, seed=seed)
        for way in WAYS:
            courses = simulate(days, way.rules, KNOWN.odds, way.ahead)
            found[way.name].append(figures(outcome(days, courses, hall.TARGETS)))
    return found


def cost() -> str:
    """Tell what a day and a decision cost."""
    days = hall.days(hall.LOADS[0.9], KNOWN)
    spent = []
    for ahead in (None, Ahead(KNOWN, hall.TARGETS)):
        simulate(days[:1], rules(), KNOWN.odds, ahead)
        began = process_time()
        courses = simulate(days, rules(), KNOWN.odds, ahead)
        spent.append((process_time() - began) / len(days) * 1000)
    calls = np.mean([np.isfinite(course.called).sum() for course in courses])
    return (
        f"A day of {hall.LOADS[0.9]} visitors takes {spent[0]:.2f} ms of a processor; looking ahead {spent[1]:.0f} ms, "
        f"which is {spent[1] / calls:.2f} ms for a call."
    )


def main() -> str:
    """Measure, and return what goes onto the page."""
    parts = []
    for number, (load, visits) in enumerate(hall.LOADS.items()):
        found = measure(visits)
        parts += [f"Peak load {load:g}, {visits} visits a day:", "", HEAD]
        parts += [row(way, found[way.name]) for way in WAYS]
        parts += ["", f"Five times {hall.DAYS} days, the least and the most (in brackets: the other program's):", ""]
        parts += [f"| policy | {' | '.join(COMPARED)} |", "|---|" + "---: |" * len(COMPARED)]
        parts += [compared(way, found[way.name], way.before[number]) for way in WAYS if way.before[number]]
        parts.append("")
    return "\n".join([*parts, cost()])


if __name__ == "__main__":
    load = os.getloadavg()[0]
    told = f"{machine(load, 'bench-policy', ('numba', 'numpy'))}\n\n{main()}"
    print(told)
    write(PAGE, told, "bench-policy")
