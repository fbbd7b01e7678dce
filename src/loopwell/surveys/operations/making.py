"""How does a survey begin, get its words and languages, and go live?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import Invalid
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.operations.drafts import AlreadyPublished, check_languages, draft_of, write
from loopwell.surveys.operations.questions import check_questions
from loopwell.surveys.queries import past_questions
from loopwell.surveys.questions import questions_of
from loopwell.surveys.rules import faults, languages_of, texts_of
from loopwell.surveys.rules.suggestions import further_words
from loopwell.surveys.templates import template_by_key, words_of
from loopwell.surveys.wording import ready_made


class TextsMissing(Invalid):
    """A version cannot be published yet; `fields` maps "language.key" to messages."""


@transaction.atomic
def create_survey(
    *,
    actor: Actor,
    name: str,
    kind: SurveyKind,
    languages: Sequence[str],
    now: datetime,
    touchpoint: str = "",
    is_demo: bool = False,
    template: str = "",
) -> Survey:
    """A survey with a first draft in ready-made words; the first language is the default.

    `template` (surveys.templates) brings its questions, words, kind and touchpoint.
    """
    require(actor, Right.RUN_SURVEYS)
    if not name.strip():
        raise Invalid(_("Give the survey a name."), fields={"name": [_("Give it a name.")]})
    check_languages(languages)
    chosen = template_by_key(template) if template else None
    survey = Survey.objects.create(
        name=name.strip()[:200],
        kind=chosen.kind if chosen else kind,
        touchpoint=touchpoint.strip()[:60] or (chosen.touchpoint if chosen else ""),
        is_demo=is_demo,
        created_at=now,
    )
    Version.objects.create(
        survey=survey,
        number=1,
        questions=[each.to_json() for each in chosen.questions] if chosen else [],
        texts={
            code: words_of(chosen, code) if chosen else ready_made(kind, code) for code in languages
        },
        default_language=languages[0],
        created_at=now,
    )
    return survey


@transaction.atomic
def save_draft(
    *, actor: Actor, survey: Survey, language: str, texts: Mapping[str, str], now: datetime
) -> Version:
    """Stores one language's texts in the draft; without a draft one begins from the newest."""
    require(actor, Right.RUN_SURVEYS)
    check_languages([language])
    draft = draft_of(survey, now)
    known = {text.key for text in texts_of(questions_of(draft))}
    given = {
        key: value.replace("\r\n", "\n").strip() for key, value in texts.items() if key in known
    }
    before = draft.texts.get(language) or ready_made(survey.kind, language)
    return write(draft, {**draft.texts, language: {**before, **given}})


@transaction.atomic
def set_languages(
    *, actor: Actor, survey: Survey, languages: Sequence[str], default: str, now: datetime
) -> Version:
    """Adds languages (in ready-made words), drops others, and chooses the default."""
    require(actor, Right.RUN_SURVEYS)
    chosen = list(dict.fromkeys([default, *languages]))
    check_languages(chosen)
    draft = draft_of(survey, now)
    own = draft.texts.get(draft.default_language, {})
    further = further_words(survey.kind, questions_of(draft), own, draft.default_language)
    texts = {
        code: draft.texts.get(code) or {**ready_made(survey.kind, code), **further(code)}
        for code in chosen
    }
    return write(draft, texts, default)


@transaction.atomic
def publish_version(*, actor: Actor, survey: Survey, now: datetime) -> Version:
    """Makes the draft the version customers get; from then on it cannot change."""
    require(actor, Right.RUN_SURVEYS)
    draft = survey.versions.filter(published_at=None).first()
    if draft is None:
        raise AlreadyPublished(_("There is no draft to publish: the newest version is live."))
    questions = questions_of(draft)
    check_questions(questions, past_questions(survey))
    missing = {
        f"{code}.{key}": messages
        for code in languages_of(draft)
        for key, messages in faults(draft.texts.get(code, {}), questions).items()
    }
    if missing:
        raise TextsMissing(_("Some texts need your attention first."), fields=missing)
    rows = Version.objects.filter(pk=draft.pk, published_at=None)
    if not rows.update(published_at=now, published_by=actor.user_id):
        raise AlreadyPublished(_("Somebody else has just published this version."))
    draft.refresh_from_db()
    return draft


def archive_survey(*, actor: Actor, survey: Survey, now: datetime) -> Survey:
    """Takes the survey out of the lists; answers and running sendings stay."""
    require(actor, Right.RUN_SURVEYS)
    survey.archived_at = survey.archived_at or now
    survey.save(update_fields=["archived_at"])
    return survey


def restore_survey(*, actor: Actor, survey: Survey) -> Survey:
    require(actor, Right.RUN_SURVEYS)
    survey.archived_at = None
    survey.save(update_fields=["archived_at"])
    return survey
