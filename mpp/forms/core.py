"""Which state of forms somebody has seen, and why forms are not taken. Pure."""

import hashlib
from collections.abc import Sequence

import msgspec

from ticketing.core.form import Form
from ticketing.core.refused import BadRequest, Conflict, Unknown


def basis(forms: Sequence[Form]) -> str:
    """Name a state of forms, so that nobody writes over what they have not seen."""
    return hashlib.blake2b(msgspec.json.encode(list(forms)), digest_size=8).hexdigest()


class FaultyForm(BadRequest):
    """Something in a form does not fit together."""

    code = "faulty_form"
    sentence = "A field of this form does not fit; look at its choices."


class FormsRewritten(Conflict):
    """Somebody else has changed the forms meanwhile."""

    code = "forms_rewritten"
    sentence = "Somebody has changed these forms meanwhile; load them again and look at them before you go on."


class UnknownForms(Unknown):
    """The service has no such version of its forms."""

    code = "unknown_forms"
    sentence = "There is no such version of these forms; load the page again."
