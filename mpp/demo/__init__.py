"""The demonstration mall: example data, not official data."""
