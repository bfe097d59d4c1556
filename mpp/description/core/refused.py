"""How the set-up of a mall says no."""

from ticketing.core.refused import Conflict, NotAllowed, Unknown


class NoMall(Unknown):
    """The server has no mall yet."""

    code = "no_mall"
    sentence = "There is no mall yet; begin one on /manage/setup, or import one with `mpp mall import FILE`."


class SetUpMeanwhile(Conflict):
    """Somebody else has changed the mall since the page was loaded."""

    code = "setup_meanwhile"
    sentence = "Somebody has changed the mall's description meanwhile; load it again and look at it before you save."


class UnknownDescription(Unknown):
    """No version of that number."""

    code = "unknown_description"
    sentence = "There is no such version of the mall's description."


class BegunAlready(Conflict):
    """A mall is begun once only."""

    code = "begun_already"
    sentence = "This server has a mall already; sign in instead."


class WrongFirstCode(NotAllowed):
    """The code is not the one that this server wrote on its console."""

    code = "wrong_first_code"
    sentence = "This is not the code that the server wrote on its console when it started; read it there."
