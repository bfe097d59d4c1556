"""Rules of privacy as pure functions over frozen values."""
