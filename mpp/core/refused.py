"""Ways in which only the whole says no; the tree they belong to is `ticketing.core.refused`."""

from ticketing.core.refused import BadRequest, Conflict, Refused


class Trying(Conflict):
    """Somebody else's question is being tried out."""

    code = "trying"
    sentence = "Something is being tried out already; ask again in a minute."


class LastAdministrator(Conflict):
    """Nobody would be left who can let people in."""

    code = "last_administrator"
    sentence = "This is the last administrator; let another one in before."


class OwnAccess(Conflict):
    """People take their own rights away, or end their own access."""

    code = "own_access"
    sentence = "Nobody takes away their own access; another administrator can."


class LoginTaken(Conflict):
    """Somebody signs in by that name already, or did."""

    code = "login_taken"
    sentence = "Somebody signs in by this name already, here or in another mall; choose another name."


class WorksElsewhere(Conflict):
    """A person of several malls: none of them alone gives name and password."""

    code = "works_elsewhere"
    sentence = "This person works in another mall too; name and password are set on the server with `mpp person`."


class ShortPassword(BadRequest):
    """A password that can be guessed."""

    code = "short_password"
    sentence = "The password is too short; use at least 8 characters."


class TenantMissing(BadRequest):
    """Supervisors lead a tenant."""

    code = "tenant_missing"
    sentence = "A supervisor belongs to a tenant; name it."


class LeadsAll(BadRequest):
    """Who leads the mall is tied to no tenant."""

    code = "leads_all"
    sentence = "An administrator or manager leads the whole mall; leave the tenant out, or make a supervisor of it."


class NotReady(Refused):
    """The server lives but cannot work yet."""

    code = "not_ready"
    status = 503
    sentence = "There is no mall yet; begin one on /manage/setup, or import one with `mpp mall import FILE`."
