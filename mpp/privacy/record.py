"""The register of breaches and the record of processing as tables.  Source: UU 27/2022 Art. 31, 46."""

from mpp.exports import Value
from mpp.privacy.views import KeptPart, PrivacyView
from ticketing.texts import LANGUAGES, say


def breach_rows(view: PrivacyView) -> list[list[Value]]:
    """Return the register with its heading."""
    names = ("id", "discovered_at", "due_at", "notified_at", "is_late", "what", "whose", "handling")
    heading: list[Value] = list(names)
    return [heading, *([_value(getattr(one, name)) for name in names] for one in view.breaches)]


def _value(value: object) -> Value:
    return value if isinstance(value, int) and not isinstance(value, bool) else "" if value is None else str(value)


def record_rows(view: PrivacyView) -> list[list[Value]]:
    """Return the record of processing: each kind of data with its purpose, in both languages."""
    heading: list[Value] = ["kind", "language", "data", "whose", "holds", "purpose", "period", "erased_in_all"]
    return [heading, *(_row(one, language) for one in view.kept for language in LANGUAGES)]


def _row(one: KeptPart, language: str) -> list[Value]:
    return [
        one.key,
        language,
        say(language, f"kept.{one.key}"),
        say(language, f"whose.{one.whose}"),
        ", ".join(say(language, f"held.{item}") for item in one.holds) or say(language, "held.none"),
        say(language, f"kept_for.{one.key}"),
        period(one, language),
        one.erased_in_all,
    ]


def period(one: KeptPart, language: str) -> str:
    """Say for how long a kind of data is kept."""
    if one.period is None or one.unit is None:
        return say(language, f"kept_until.{one.key}")
    return say(language, f"span.{one.unit}", n=f"{one.period:g}")
