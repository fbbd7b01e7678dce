"""How do the words of a ready-made survey come together: its own, and those all surveys share?"""

from collections.abc import Mapping, Sequence

from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.questions import Question
from loopwell.surveys.wording import LANGUAGES, Language, ready_made

Own = Mapping[str, Mapping[str, str]]


def worded(
    kind: SurveyKind, questions: Sequence[Question], own: Own, *, further: bool = True
) -> dict[str, dict[str, str]]:
    """By language: shared words first, the survey's own over them. `further` adds the texts by
    category (thanks, why, when to call), which fit only where we may answer the person."""
    return {
        code: {
            **ready_made(kind, code),
            **(said.FURTHER if further else {}),
            **_shared(questions, said),
            **own[code],
        }
        for code, said in LANGUAGES.items()
    }


def _shared(questions: Sequence[Question], said: Language) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in questions:
        if each.rated:
            low, high = said.SCALES[each.type.value]
            found |= {f"{each.key}.low": low, f"{each.key}.high": high}
        if each.other:
            found[f"{each.key}.other"] = said.OTHER
        parts = {**said.ASPECTS, **said.DONE}
        found |= {f"{each.key}.{o}": parts[o] for o in each.options if o in parts}
    return found
