"""What fits together in a form, by a table of cases."""

import pytest

from ticketing.core.form import MOST_FIELDS, MOST_FORMS, FieldKind, Form, FormField, faults

NAME = FormField(label="Nama", most=60)
GOOD = Form(title="Permohonan", fields=(NAME,))
CHOICE = FieldKind.CHOICE


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ((NAME, FormField(label="Alasan", kind=CHOICE, choices=("Baru", "Hilang"))), None, ""),
        ((FormField(label="Alasan", kind=CHOICE, choices=("Baru",)),), "form_choices", "[0].fields[0].choices"),
        ((FormField(label="Alasan", kind=CHOICE, choices=("x",) * 21),), "form_choices", "[0].fields[0].choices"),
        ((NAME, FormField(label="Nama", choices=("Baru",))), "form_no_choice", "[0].fields[1].choices"),
        ((FormField(label="Lahir", kind=FieldKind.DATE, most=5),), "form_no_text", "[0].fields[0].most"),
        ((), "form_fields", "[0].fields"),
        ((NAME,) * (MOST_FIELDS + 1), "form_fields", "[0].fields"),
    ],
)
def test_a_field_fits_its_kind(fields: tuple[FormField, ...], code: str | None, path: str) -> None:
    found = [(fault.code, fault.path) for fault in faults([Form(title="Permohonan", fields=fields)])]
    assert found == ([] if code is None else [(code, path)])


def test_a_service_has_few_forms() -> None:
    assert [fault.code for fault in faults([GOOD] * (MOST_FORMS + 1))] == ["too_many"]
