"""Ways in which only the survey says no; the tree they belong to is `ticketing.core.refused`."""

from ticketing.core.refused import BadRequest, Conflict, Unknown


class SurveyOff(Conflict):
    """The mall does not ask."""

    code = "survey_off"
    sentence = "This mall does not ask its visitors now."


class NotServedYet(Conflict):
    """Only who was served can say how it was."""

    code = "not_served_yet"
    sentence = "Only a ticket whose service is done can be answered for; come back after the service."


class SurveyOver(Conflict):
    """The time to answer is over."""

    code = "survey_over"
    sentence = "The time to answer for this ticket is over."


class AnsweredAlready(Conflict):
    """One ticket, one answer."""

    code = "answered_already"
    sentence = "This ticket has been answered for already; thank you."


class NothingAnswered(BadRequest):
    """An empty questionnaire."""

    code = "nothing_answered"
    sentence = "Answer at least one element, from 1 to 4."


class UnknownPlan(Unknown):
    """No follow-up plan of that id."""

    code = "unknown_plan"
    sentence = "There is no such follow-up plan."
