"""Rules of the description: what a page is given, what differs, what a new mall begins with. Pure."""
