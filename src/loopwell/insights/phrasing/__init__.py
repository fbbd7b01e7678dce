"""How is a question written in an address, and how is it said in words?

One parser for Explore, kept questions, dashboards, digests and the API: what one of them reads,
all of them read.
"""

from loopwell.insights.phrasing.addresses import (
    answers_address,
    answers_addresses,
    references,
    values_of,
    word_of,
)
from loopwell.insights.phrasing.asked import (
    PERIODS,
    PICTURES,
    TEXTS,
    Asked,
    Narrowed,
    Problem,
    Thing,
)
from loopwell.insights.phrasing.naming import (
    Choice,
    cut_choices,
    labels,
    moment,
    names_for,
    names_of_cuts,
    said_value,
)
from loopwell.insights.phrasing.periods import today, whole
from loopwell.insights.phrasing.reading import from_query
from loopwell.insights.phrasing.wording import (
    against_choices,
    against_words,
    filter_words,
    period_choices,
    period_words,
    sentence,
    title,
)

__all__ = [
    "PERIODS",
    "PICTURES",
    "TEXTS",
    "Asked",
    "Choice",
    "Narrowed",
    "Problem",
    "Thing",
    "against_choices",
    "against_words",
    "answers_address",
    "answers_addresses",
    "cut_choices",
    "filter_words",
    "from_query",
    "labels",
    "moment",
    "names_for",
    "names_of_cuts",
    "period_choices",
    "period_words",
    "references",
    "said_value",
    "sentence",
    "title",
    "today",
    "values_of",
    "whole",
    "word_of",
]
