"""From tallies to what is shown: lines with their index, the small ones withheld; elements and edition by name."""

from collections.abc import Sequence

from msgspec import Struct

from mpp.core import disclosure
from mpp.law.core import Edition, Mark
from mpp.survey.core import index
from mpp.survey.core.index import Tally, Weights
from mpp.survey.core.questionnaire import ELEMENTS
from mpp.survey.views import EditionPart, ElementMean, ElementPart, ScorePart, SurveyLine

SURENESS = (Mark.VERIFIED, Mark.SECONDARY, Mark.UNVERIFIED, Mark.OWN)
"""From the surest to what is not from the instrument at all."""

USED = ("element", "conversion", "grade", "sample")
"""Families of rules that an index is worked out by."""


class Group(Struct, frozen=True):
    """A group by its code and names."""

    key: str
    name: str
    name_en: str | None
    tally: Tally


class Rules(Struct, frozen=True):
    """By what lines are worked out."""

    edition: Edition
    weights: Weights
    smallest: int


def edition_part(edition: Edition) -> EditionPart:
    """Show an edition with the mark of its least sure rule, of those that the index uses."""
    marks = {rule.mark for rule in edition.rules if rule.key.split(".")[0] in USED}
    return EditionPart(name=edition.name, valid_from=edition.valid_from, mark=max(marks, key=SURENESS.index))


def elements(edition: Edition) -> list[ElementPart]:
    """Show the elements as the edition names them."""
    rules = {element: edition.rule(f"element.{element}") for element in ELEMENTS}
    return [ElementPart(key=key, name=rule.name, name_en=rule.name_en) for key, rule in rules.items()]


def lines(groups: Sequence[Group], rules: Rules) -> list[SurveyLine]:
    """Show groups; those too small are withheld, and the next smallest with them where one could subtract."""
    hidden = disclosure.withheld([group.tally.n for group in groups], rules.smallest)
    return [_line(group, rules, is_hidden=at in hidden) for at, group in enumerate(groups)]


def total(tally: Tally, rules: Rules) -> SurveyLine:
    """Show all together."""
    return _line(Group("total", "", None, tally), rules, is_hidden=0 < tally.n < rules.smallest)


def _line(group: Group, rules: Rules, *, is_hidden: bool) -> SurveyLine:
    tally = group.tally
    shown = None if is_hidden or tally.n == 0 else _score(tally, rules)
    n = None if is_hidden else tally.n
    return SurveyLine(key=group.key, name=group.name, name_en=group.name_en, n=n, score=shown)


def _score(tally: Tally, rules: Rules) -> ScorePart:
    found = index.index(tally, rules.edition, rules.weights)
    grade = rules.edition.rule(f"grade.{found.grade}")
    return ScorePart(
        raw=index.rounded(found.raw, 4),
        index=found.index,
        grade=found.grade.upper(),
        grade_name=grade.name,
        grade_name_en=grade.name_en,
        elements=[ElementMean(key=key, mean=index.rounded(mean, 3)) for key, mean in found.means.items()],
        lowest=list(found.lowest),
    )
