"""One module for each language that calls can be spoken in; see `hardware.core.words.Tongue`."""
