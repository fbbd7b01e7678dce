"""How do the property tests of arithmetic run? The same every time, however busy the machine."""

from hypothesis import settings

settings.register_profile("calc", deadline=None, derandomize=True)
settings.load_profile("calc")
