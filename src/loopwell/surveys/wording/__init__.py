"""With which ready-made words does a new survey begin, in which languages?

Each language is written by someone who thinks in it. {company} and {name} are filled in when a
message or page is made; a name that is not known disappears with the comma before it.
"""

from typing import Protocol

from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.wording import en, pl, ru, uk

Words = dict[str, str]


class Language(Protocol):
    """What a module of this package says. FURTHER are the fixed texts a survey may leave empty;
    SCALES (low, high), OTHER, ASPECTS and DONE are parts of further questions."""

    COMMON: Words
    RELATIONSHIP: Words
    TRANSACTIONAL: Words
    EMPLOYEE: Words
    BENCHMARK: Words
    FURTHER: Words
    SCALES: dict[str, tuple[str, str]]
    OTHER: str
    ASPECTS: Words
    DONE: Words


LANGUAGES: dict[str, Language] = {"en": en, "ru": ru, "uk": uk, "pl": pl}


def _by_kind(said: Language) -> dict[str, Words]:
    return {
        SurveyKind.RELATIONSHIP.value: {**said.COMMON, **said.RELATIONSHIP},
        SurveyKind.TRANSACTIONAL.value: {**said.COMMON, **said.TRANSACTIONAL},
        SurveyKind.EMPLOYEE.value: {**said.COMMON, **said.EMPLOYEE},
        SurveyKind.BENCHMARK.value: {**said.COMMON, **said.BENCHMARK},
    }


WORDING = {code: _by_kind(said) for code, said in LANGUAGES.items()}


def ready_made(kind: str, language: str) -> dict[str, str]:
    """All texts of a new survey in this language; English where we have none."""
    return dict(WORDING.get(language, WORDING["en"])[kind])
