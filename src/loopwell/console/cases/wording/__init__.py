"""Which words tell what happened in a case and in a customer's story?

One function for each type of journal entry, registered with `@words`; a module for each kind of
work. What nobody has words for does not appear on the page (and tests/console/test_timeline.py
says so).
"""

from collections.abc import Sequence

from loopwell.console.cases.wording import calls, helping, talk  # noqa: F401 registers the words
from loopwell.console.cases.wording.calls import change_words
from loopwell.console.cases.wording.registry import WORDS, Told, moment, tell, words

__all__: Sequence[str] = ["WORDS", "Told", "change_words", "moment", "tell", "words"]
