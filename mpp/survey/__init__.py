"""The satisfaction survey (SKM): who is invited, what visitors answer, the index and what follows from it."""
