"""Words made into sound, in a process of its own."""
