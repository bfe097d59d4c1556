"""Ways in which only the desk of complaints says no; the tree they belong to is `ticketing.core.refused`."""

from ticketing.core.refused import BadRequest, Conflict, Unknown


class UnknownComplaint(Unknown):
    """No complaint of that code or id, or one of another tenant."""

    code = "unknown_complaint"
    sentence = "There is no such complaint; check the code on the receipt."


class ComplaintMovedOn(Conflict):
    """The complaint's state does not allow the step."""

    code = "complaint_moved_on"
    sentence = "The complaint is not in a state in which this can be done; look at it as it is now."


class ReopenedAlready(Conflict):
    """A complaint is reopened once."""

    code = "reopened_already"
    sentence = "This complaint was reopened once already; bring a new one, or turn to SP4N-LAPOR! or the Ombudsman."


class ReopenOver(Conflict):
    """The days for it are over."""

    code = "reopen_over"
    sentence = "The days within which this complaint could be reopened are over; bring a new one."


class NameNeeded(BadRequest):
    """Who is not anonymous says a name; who is, neither says a name nor a contact."""

    code = "name_needed"
    sentence = "Say a name, or complain anonymously; without a name nothing about the person is taken."
