"""Answers in bundles of the same tenant, service, month and kind, put together into tallies. Pure."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec import Struct

from mpp.survey.core.index import Tally, together
from mpp.survey.core.questionnaire import Way
from ticketing.core.ids import ServiceId, TenantId

K = TypeVar("K")


class Bundle(Struct, frozen=True, kw_only=True):
    """So many answers that are alike in all but their marks; `month` is its year and number."""

    tenant_id: TenantId
    service_id: ServiceId
    month: tuple[int, int]
    way: Way
    invited: bool
    complete: bool
    tally: Tally

    @property
    def counts(self) -> bool:
        """Say whether the index counts these: invited, so that the sample is systematic, and complete."""
        return self.invited and self.complete


def counted(bundles: Iterable[Bundle]) -> Tally:
    """Return all that the index counts as one tally."""
    return together(one.tally for one in bundles if one.counts)


def grouped(bundles: Iterable[Bundle], by: Callable[[Bundle], K]) -> dict[K, Tally]:
    """Return what the index counts, group by group."""
    found: dict[K, list[Tally]] = {}
    for one in bundles:
        if one.counts:
            found.setdefault(by(one), []).append(one.tally)
    return {key: together(tallies) for key, tallies in found.items()}


def number(bundles: Iterable[Bundle], which: Callable[[Bundle], bool]) -> int:
    """Count the answers of some bundles."""
    return sum(one.tally.n for one in bundles if which(one))
