"""Ways in which only a counter says no; the tree they belong to is `ticketing.core.refused`."""

from ticketing.core.refused import BadRequest, Conflict, Unknown


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


class SentToClosed(Conflict):
    """Nobody would call the visitor at a counter that is closed."""

    code = "sent_to_closed"
    sentence = "That counter is closed; choose one that is open, or send the visitor to a service."


class NoPolicyThere(Unknown):
    """No change of the policy begins then."""

    code = "no_policy_there"
    sentence = "No change begins at that time, or it has begun already; GET /api/policies lists what is to come."


class PolicyInPast(Conflict):
    """A policy was to hold from a time that is over."""

    code = "policy_in_past"
    sentence = "The past cannot be changed; name a time to come, or none for now."


class PolicyMissing(Conflict):
    """The mall itself must have a policy."""

    code = "policy_missing"
    sentence = "Only a tenant can follow the mall; say by which policy the mall is to call."


class PolicyTooFar(Conflict):
    """A policy was to hold from a time in more than a year."""

    code = "policy_too_far"
    sentence = "A change can begin within a year from now."


class TooManyPolicies(Conflict):
    """So many changes are to come already that one more would not be understood by anybody."""

    code = "too_many_policies"
    sentence = "Twenty changes are to come already; take one back first."
