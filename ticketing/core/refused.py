"""Every way in which the system says no: a stable code, an HTTP status, one sentence a person can act on.

Refused
 + BadRequest 400     NotSignedIn 401     NotAllowed 403     Unknown 404     TooMany 429
 + Conflict 409       (the hall's state does not allow it now)
"""


class Refused(Exception):
    """Base of all refusals; `detail` is the sentence, in English, for logs and for programs."""

    code = "refused"
    status = 409
    sentence = "This is not possible now."

    def __init__(self, detail: str | None = None) -> None:
        self.detail = detail or self.sentence
        super().__init__(f"{self.code}: {self.detail}")


class BadRequest(Refused):
    """The request itself is faulty."""

    code = "bad_request"
    status = 400
    sentence = "The request is not complete or not well formed."


class NotSignedIn(Refused):
    """Nobody is known to be asking."""

    code = "not_signed_in"
    status = 401
    sentence = "Sign in first, or send a bearer token made with `mpp token`."


class WrongPassword(NotSignedIn):
    """Name and password do not fit."""

    code = "wrong_password"
    sentence = "Name or password is wrong."


class NotAllowed(Refused):
    """The one who asks may not do this."""

    code = "not_allowed"
    status = 403
    sentence = "Your role may not do this; ask an administrator."


class WrongOrigin(NotAllowed):
    """A page of another site tried to act in the name of a person who is signed in here."""

    code = "wrong_origin"
    sentence = "This request came from a page of another site; open the page of this mall and try again."


class TooManyRequests(Refused):
    """More attempts than a person needs."""

    code = "too_many_requests"
    status = 429
    sentence = "Too many attempts; wait a minute and try again."


class Unknown(Refused):
    """Something was named that is not there."""

    code = "unknown"
    status = 404
    sentence = "There is nothing of that name here."


class UnknownTicket(Unknown):
    """No ticket of that code, number or id."""

    code = "unknown_ticket"
    sentence = "There is no such ticket today; check the number."


class UnknownTenant(Unknown):
    """No tenant of that code."""

    code = "unknown_tenant"
    sentence = "There is no such tenant in this mall; GET /api/policies lists them."


class UnknownService(Unknown):
    """No service of that code."""

    code = "unknown_service"
    sentence = "There is no such service in this mall; GET /api/services lists them."


class UnknownCounter(Unknown):
    """No counter of that code."""

    code = "unknown_counter"
    sentence = "There is no such counter in this mall; GET /api/counters lists them."


class UnknownZone(Unknown):
    """No zone of that code."""

    code = "unknown_zone"
    sentence = "There is no such zone in this mall; GET /api/zones lists them."


class UnknownDevice(Unknown):
    """No device of that id or code."""

    code = "unknown_device"
    sentence = "There is no such device; it may have been revoked, pair it again."


class UnknownSlip(Unknown):
    """No slip of that id."""

    code = "unknown_slip"
    sentence = "There is no such slip."


class UnknownAnnouncement(Unknown):
    """No announcement of that id."""

    code = "unknown_announcement"
    sentence = "There is no such announcement."


class UnknownPriority(BadRequest):
    """No priority class of that code."""

    code = "unknown_priority"
    sentence = "This mall has no such priority class; use true, or a code of the mall's list."


class Conflict(Refused):
    """The state of the hall does not allow it."""

    code = "conflict"


class ServiceClosed(Conflict):
    """No numbers for this service now."""

    code = "service_closed"
    sentence = "No number can be taken for this service now."


class QuotaFull(Conflict):
    """All numbers of the day are taken."""

    code = "quota_full"
    sentence = "All numbers of this service for today are taken; come back on the next working day."


class TooLate(Conflict):
    """Who takes a number now may not be served before closing."""

    code = "too_late"
    sentence = "The queue for this service already reaches until closing; come back on the next working day."


class NotLeased(Conflict):
    """A kiosk hands in a number that it never held."""

    code = "not_leased"
    sentence = "This number was never lent to this kiosk; look at the paper and give out a new number."


class NumberTaken(Conflict):
    """A kiosk hands in a number that another ticket has."""

    code = "number_taken"
    sentence = "Another ticket has this number or code already; look at the paper and give out a new number."


class QueueEmpty(Conflict):
    """Nobody waits for this counter."""

    code = "queue_empty"
    sentence = "Nobody is waiting for the services of this counter."


class CounterClosed(Conflict):
    """The counter has not been opened."""

    code = "counter_closed"
    sentence = "The counter is closed; open it first."


class CounterPaused(Conflict):
    """The counter is on a break."""

    code = "counter_paused"
    sentence = "The counter is on a break; open it again first."


class CounterBusy(Conflict):
    """A visitor is still at this counter."""

    code = "counter_busy"
    sentence = "A visitor is still called or served here: finish, transfer, hold, or mark as not here first."


class NothingCalled(Conflict):
    """No visitor is at this counter."""

    code = "nothing_called"
    sentence = "No visitor is called or served at this counter; call the next one first."


class WrongState(Conflict):
    """The ticket's state does not allow this step."""

    code = "wrong_state"
    sentence = "The ticket is in a state that does not allow this."


class LateAlready(Conflict):
    """The visitor has stepped back in this queue before."""

    code = "late_already"
    sentence = "This ticket has stepped back once in this queue already; come as soon as you can."


class LateLast(Conflict):
    """There is nobody behind who could go first."""

    code = "late_last"
    sentence = "Nobody waits behind this ticket, so nobody can go first."


class NotServedHere(Conflict):
    """The counter does not serve the service of this ticket."""

    code = "not_served_here"
    sentence = "This counter does not serve that service; transfer the ticket, or choose another counter."


class SlipTaken(Conflict):
    """Somebody prints this slip already, or did."""

    code = "slip_taken"
    sentence = "This slip is being printed or was printed; ask for a reprint."


class SlipLapsed(Conflict):
    """The slip waited too long for its printer."""

    code = "slip_lapsed"
    sentence = "This slip waited too long and will not be printed; ask for a reprint."


class NoPrinter(Conflict):
    """No printer is known for this slip."""

    code = "no_printer"
    sentence = "No printer is set up for this; connect one and name it in the kiosk's or the mall's settings."


class RequestReused(Conflict):
    """One request id was used for two different commands."""

    code = "request_reused"
    sentence = "This request id was used for another command; make a new one for each."


class AnswerOutdated(Conflict):
    """The command was carried out before an upgrade, and its answer cannot be told again."""

    code = "answer_outdated"
    sentence = "This was done before the program was upgraded; look at the state as it is now."


class PairingOver(Conflict):
    """The device is not waiting for approval."""

    code = "pairing_over"
    sentence = "This device is not waiting for approval; show a new pairing code on it."


class CodeTaken(Conflict):
    """Another thing has this code."""

    code = "code_taken"
    sentence = "Another device of this mall has this code; choose a different one."


class ChooseMall(Conflict):
    """The person belongs to several malls."""

    code = "choose_mall"
    sentence = "You work in several malls; say in which one you want to act."
