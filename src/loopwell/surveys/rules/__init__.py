"""Which texts and questions does a survey need, and what does a customer read?"""

from loopwell.surveys.rules.building import MOST_QUESTIONS, questions_faults, values_of
from loopwell.surveys.rules.filling import PLACEHOLDERS, fields_of, filled, placeholder_fault
from loopwell.surveys.rules.languages import language_for, languages_of
from loopwell.surveys.rules.texts import (
    MAIL_TEXTS,
    OPTIONAL,
    PAGE_TEXTS,
    TEXTS,
    THANKS_TEXTS,
    Completeness,
    Text,
    completeness,
    faults,
    texts_for,
    texts_of,
    texts_of_question,
)

__all__ = [
    "MAIL_TEXTS",
    "MOST_QUESTIONS",
    "OPTIONAL",
    "PAGE_TEXTS",
    "PLACEHOLDERS",
    "TEXTS",
    "THANKS_TEXTS",
    "Completeness",
    "Text",
    "completeness",
    "faults",
    "fields_of",
    "filled",
    "language_for",
    "languages_of",
    "placeholder_fault",
    "questions_faults",
    "texts_for",
    "texts_of",
    "texts_of_question",
    "values_of",
]
