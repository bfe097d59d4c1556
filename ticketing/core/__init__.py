"""The rules of this package as pure functions over frozen values."""
