"""Counters and who runs them, calling, and the policy that chooses whom to call."""
