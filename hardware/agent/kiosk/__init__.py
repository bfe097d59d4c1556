"""A kiosk's own agent: its page's door, its printer, and what it does while the line to the server is lost."""
