"""How does a machine learn to code comments as this company's people do?

Pure: texts and themes in, themes and words out; no database. Begin with `learn` and `Coder`.
"""

from loopwell.themes.learning.coder import FEWEST, Coder, Guess, Reading
from loopwell.themes.learning.training import Example, learn

__all__ = ["FEWEST", "Coder", "Example", "Guess", "Reading", "learn"]
