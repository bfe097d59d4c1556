"""Paper and sound: slips, printers, words to be said, and the agent that runs beside the devices."""
