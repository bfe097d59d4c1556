"""Ways in which only a counter says no; the tree they belong to is `ticketing.core.refused`."""

from ticketing.core.refused import BadRequest, Conflict


class Overtaken(Conflict):
    """Another officer was quicker at this counter."""

    code = "overtaken"
    sentence = "The visitor you mean is not at this counter any more; look at the counter's view, then go on."


class OutcomeNeeded(Conflict):
    """The service ends with one of several outcomes, and none was named."""

    code = "outcome_needed"
    sentence = "This service ends with an outcome; name one of those that the counter's view lists."


class UnknownOutcome(BadRequest):
    """No outcome of that code."""

    code = "unknown_outcome"
    sentence = "This service has no such outcome; name one of those that the counter's view lists, or none."


class AwayAlready(Conflict):
    """A counter waits for this visitor's return already."""

    code = "away_already"
    sentence = "Another counter waits for this visitor's return; finish here, or transfer without a return."


class SentInCircle(Conflict):
    """Nobody but the counter that sends could call the visitor."""

    code = "sent_in_circle"
    sentence = "Only this counter could call the visitor then; choose another counter or service, or do not ask back."
