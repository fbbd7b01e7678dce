"""With which ready-made words does a new survey begin, in which languages?

Each language is written by someone who thinks in it. {company} and {name} are filled in when a
message or page is made; a name that is not known disappears with the comma before it.
"""

from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.wording import en, pl, ru, uk

WORDING: dict[str, dict[str, dict[str, str]]] = {
    code: {
        SurveyKind.RELATIONSHIP.value: {**module.COMMON, **module.RELATIONSHIP},
        SurveyKind.TRANSACTIONAL.value: {**module.COMMON, **module.TRANSACTIONAL},
        # Theirs until the ready-made surveys of these kinds bring words of their own.
        SurveyKind.EMPLOYEE.value: {**module.COMMON, **module.RELATIONSHIP},
        SurveyKind.BENCHMARK.value: {**module.COMMON, **module.RELATIONSHIP},
    }
    for code, module in (("en", en), ("ru", ru), ("uk", uk), ("pl", pl))
}


def ready_made(kind: str, language: str) -> dict[str, str]:
    """All texts of a new survey in this language; English where we have none."""
    return dict(WORDING.get(language, WORDING["en"])[kind])
