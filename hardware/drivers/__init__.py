"""The ways to reach a printer, and the bytes that it understands. Only the agent uses them."""
