"""The checks of readiness as pure functions over frozen values."""
