"""Forms that visitors fill in by themselves and print: what they ask for, never what anybody answers. Pure."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from ticketing.core.ids import ServiceId
from ticketing.core.lines import Name, Sentence

MOST_FORMS, MOST_FIELDS, MOST_CHOICES = 9, 40, 20
"""Of one service, of one form, of one field: more is a book."""


class FieldKind(StrEnum):
    """What a field takes: words, a day, one of several choices, or a tick."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    CHECKBOX = "checkbox"


class FormField(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing that a form asks for; `most` letters of a text, `choices` of a choice."""

    label: Name
    label_en: Name | None = None
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    most: Annotated[int, Meta(ge=1, le=500)] | None = None
    choices: tuple[Name, ...] = ()


class Form(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A form of a service; `text` stands between title and fields."""

    title: Name
    title_en: Name | None = None
    text: Sentence | None = None
    text_en: Sentence | None = None
    fields: tuple[FormField, ...]


class FormFault(Struct, frozen=True):
    """Something in a form that does not fit: where, why, and a code for a page's own words."""

    path: str
    reason: str
    code: str
    given: str


def faults(forms: Sequence[Form]) -> Iterator[FormFault]:
    """Find what does not fit together; paths are like `[0].fields[2].choices`."""
    if len(forms) > MOST_FORMS:
        yield FormFault("", f"a service has at most {MOST_FORMS} forms", "too_many", str(MOST_FORMS))
    for at, form in enumerate(forms):
        if not 0 < len(form.fields) <= MOST_FIELDS:
            reason = f'"{form.title}" needs 1 to {MOST_FIELDS} fields'
            yield FormFault(f"[{at}].fields", reason, "form_fields", form.title)
        for nth, field in enumerate(form.fields):
            path = f"[{at}].fields[{nth}]"
            if field.kind is FieldKind.CHOICE and not 2 <= len(field.choices) <= MOST_CHOICES:
                reason = f'"{field.label}" is a choice; give it 2 to {MOST_CHOICES} choices'
                yield FormFault(f"{path}.choices", reason, "form_choices", field.label)
            elif field.kind is not FieldKind.CHOICE and field.choices:
                reason = f'"{field.label}" is no choice; take its choices away, or write "kind: choice"'
                yield FormFault(f"{path}.choices", reason, "form_no_choice", field.label)
            if field.kind is not FieldKind.TEXT and field.most is not None:
                reason = f'"{field.label}" is no text; take "most" away'
                yield FormFault(f"{path}.most", reason, "form_no_text", field.label)


class FormsSaved(Struct, frozen=True, kw_only=True, tag="forms_saved"):
    """The forms of a service were written anew; this version of them is shown from now on."""

    service_id: ServiceId
    version: int
