"""Who is invited: the least number of answers, every k-th finished ticket, counted on from day to day. Pure."""

from fractions import Fraction

from msgspec import Struct

from mpp.law.core import Edition
from mpp.survey.core.index import rounded


class Draw(Struct, frozen=True, kw_only=True):
    """How a tenant's tickets of a day are drawn: every `every`-th, after `carried` since the last one.

    `finished`: tickets of the period before; `minimum`: answers needed for so many; `asked`: invited for that.
    """

    finished: int
    minimum: int
    asked: int
    every: int
    carried: int


def minimum(recipients: int, edition: Edition) -> int:
    """Return how many must answer of so many recipients. Source: Krejcie and Morgan 1970, by their formula.

    s = X2 N P(1-P) / (d2 (N-1) + X2 P(1-P)), rounded half up as in their table.
    """
    if recipients == 0:
        return 0
    chi, share, error = (Fraction(edition.number(f"sample.{key}")) for key in ("chi_squared", "proportion", "error"))
    spread = chi * share * (1 - share)
    return int(rounded(spread * recipients / (error**2 * (recipients - 1) + spread), 0))


def draw(finished: int, answer_percent: int, edition: Edition, carried: int | None = None) -> Draw:
    """Say how to draw a day's tickets: k = N / s, at least 1, where s are invited so that the minimum may answer.

    Args:
        finished: tickets of the period before.
        answer_percent: of a hundred invited, so many answer.
        carried: finished since the last invited one; None when nobody was invited before, who begin half-way.
    """
    least = minimum(finished, edition)
    asked = min(finished, -(-least * 100 // answer_percent))
    every = max(1, finished // asked) if asked else 1
    since = every // 2 if carried is None else min(carried, every - 1)
    return Draw(finished=finished, minimum=least, asked=asked, every=every, carried=since)


def is_invited(of: Draw, nth: int) -> bool:
    """Say whether the n-th ticket that is finished on the day is invited."""
    return (of.carried + nth) % of.every == 0


def invited(of: Draw, done: int) -> int:
    """Count the invited among the first `done` tickets of a day."""
    return (of.carried + done) // of.every


def carry(of: Draw, done: int) -> int:
    """Return how many were finished since the last invited one, when `done` were finished on the day."""
    return (of.carried + done) % of.every
