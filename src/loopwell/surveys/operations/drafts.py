"""How is the draft of a survey begun and written, so that published versions never change?"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loopwell.kit.errors import Conflict, Invalid
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.questions import Question

Texts = dict[str, dict[str, str]]


class AlreadyPublished(Conflict):
    """A published version never changes: answers point at the words that were shown."""


def check_languages(languages: Sequence[str]) -> None:
    known = dict(settings.LANGUAGES)
    if not languages:
        message = _("Choose at least one language.")
        raise Invalid(message, fields={"languages": [message]})
    for code in languages:
        if code not in known:
            message = _("We do not know the language “%(code)s”.") % {"code": code}
            raise Invalid(message, fields={"languages": [message]})


def draft_of(survey: Survey, now: datetime) -> Version:
    """The survey's one draft, locked; begun as a copy of the newest version where there is none."""
    if survey.archived_at is not None:
        raise Conflict(_("This survey is archived. Bring it back first."))
    last = survey.versions.select_for_update().order_by("-number")[0]
    if last.published_at is None:
        return last
    try:
        with transaction.atomic():
            return Version.objects.create(
                survey=survey,
                number=last.number + 1,
                questions=last.questions,
                texts=last.texts,
                default_language=last.default_language,
                created_at=now,
            )
    except IntegrityError:  # somebody else began it a moment ago: work on theirs
        return survey.versions.get(number=last.number + 1)


def write(
    draft: Version,
    texts: Texts,
    default: str | None = None,
    questions: Sequence[Question] | None = None,
) -> Version:
    """The condition, not the caller, keeps published words as they are."""
    values = {
        "texts": texts,
        "default_language": default or draft.default_language,
        "questions": draft.questions
        if questions is None
        else [question.to_json() for question in questions],
    }
    rows = Version.objects.filter(pk=draft.pk, published_at=None)
    if not rows.update(**values):
        raise AlreadyPublished(_("This version was published meanwhile. Open the survey again."))
    for name, value in values.items():
        setattr(draft, name, value)
    return draft
