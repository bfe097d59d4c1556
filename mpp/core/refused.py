"""Ways in which only the whole says no; the tree they belong to is `ticketing.core.refused`."""

from ticketing.core.refused import Conflict


class Trying(Conflict):
    """Somebody else's question is being tried out."""

    code = "trying"
    sentence = "Something is being tried out already; ask again in a minute."
