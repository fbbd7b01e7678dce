"""What does the page with the question show: the scale, then what is asked of whoever gave it?"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.respond.pages import page as dressed_page
from loopwell.respond.steps import FIRST, on_page, pages_of
from loopwell.responses.fields import Given, fields_of, hidden_values
from loopwell.responses.invited import Invited
from loopwell.surveys.enums import QuestionType
from loopwell.surveys.questions import DEFAULT

SCORES = range(11)


def question_page(
    shown: Invited,
    score: int | None,
    *,
    page: int = FIRST,
    given: Given | None = None,
    known: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    score_error: str = "",
    base: str = "./",
) -> HttpResponse:
    """`score` is the one marked, `given` what stands in the fields if not what was said before,
    `known` fills hidden fields; `errors` stand at their questions."""
    given = given or Given(shown.comment, shown.contact_consent, shown.answers)
    chosen = score if score is not None else shown.score
    hidden = hidden_values(shown.questions, {**(known or {}), **shown.properties})
    given = Given(given.comment, given.contact_consent, {**given.answers, **hidden})
    with translation.override(shown.language):
        asked = on_page(shown.questions, page, score=chosen, answers=given.answers)
        fields = fields_of(asked, shown.texts, score=chosen, given=given, errors=errors)
        if chosen is None and not given.comment:
            fields = [each for each in fields if each.kind == "hidden"]
        heading = shown.texts["question"] if page == FIRST else _heading(len(fields))
    wrong = [each for each in fields if each.error]
    return dressed_page(
        "question",
        shown.language,
        status=422 if score_error or wrong else 200,
        kind=shown.kind,
        company=shown.company,
        texts=shown.texts,
        heading=heading,
        scores=SCORES,
        chosen=chosen,
        saved=shown.score is not None and chosen == shown.score,
        fields=fields,
        wrong=wrong,
        score_error=score_error,
        insisted=bool(wrong),
        page=page,
        further=needs_reading(shown),
        more=_more_follows(shown, page),
        base=base,
    )


def needs_reading(shown: Invited) -> bool:
    """Whether there is more to read in the form than score, comment and consent."""
    plain = (QuestionType.NPS, QuestionType.COMMENT, QuestionType.CONSENT)
    return shown.questions != DEFAULT and any(
        each.type not in plain or (each.required and each.type != QuestionType.NPS)
        for each in shown.questions
    )


def _more_follows(shown: Invited, page: int) -> bool:
    """Whether a later page may ask something, whatever is said on this one."""
    return any(each > page for each in pages_of(shown.questions).values())


def _heading(count: int) -> str:
    if count == 1:
        return _("One more question")
    return ngettext("%(count)d more question", "%(count)d more questions", count) % {"count": count}
