"""What the tests of hardware share."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)  # how long an example takes says more of the machine than of us
settings.load_profile("patient")
