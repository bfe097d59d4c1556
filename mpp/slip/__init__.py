"""How tickets are printed: the layout, changed by those who run the mall, and shown as the printer prints it."""
