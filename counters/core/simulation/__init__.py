"""Whole days of one tenant, lived by the policy of the live hall (see `day.simulate`)."""
