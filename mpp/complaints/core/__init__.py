"""The life of a complaint and its deadlines, as pure functions over values."""
