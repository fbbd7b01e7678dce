"""How does a survey come to be, change and go live?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.kit.errors import Conflict, Invalid
from loopwell.surveys.enums import SurveyKind
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.rules import TEXTS, faults, languages_of
from loopwell.surveys.wording import ready_made


class AlreadyPublished(Conflict):
    """A published version never changes: answers point at the words that were shown."""


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
) -> Survey:
    """A survey with a first draft in ready-made words; the first language is the default."""
    require(actor, Right.RUN_SURVEYS)
    if not name.strip():
        raise Invalid(_("Give the survey a name."), fields={"name": [_("Give it a name.")]})
    _check_languages(languages)
    survey = Survey.objects.create(
        name=name.strip()[:200],
        kind=kind,
        touchpoint=touchpoint.strip()[:60],
        is_demo=is_demo,
        created_at=now,
    )
    Version.objects.create(
        survey=survey,
        number=1,
        texts={code: ready_made(kind, code) for code in languages},
        default_language=languages[0],
        created_at=now,
    )
    return survey


def _check_languages(languages: Sequence[str]) -> None:
    known = dict(settings.LANGUAGES)
    if not languages:
        message = _("Choose at least one language.")
        raise Invalid(message, fields={"languages": [message]})
    for code in languages:
        if code not in known:
            message = _("We do not know the language “%(code)s”.") % {"code": code}
            raise Invalid(message, fields={"languages": [message]})


@transaction.atomic
def save_draft(
    *, actor: Actor, survey: Survey, language: str, texts: Mapping[str, str], now: datetime
) -> Version:
    """Stores one language's texts in the draft; without a draft one begins from the newest."""
    require(actor, Right.RUN_SURVEYS)
    _check_languages([language])
    draft = _draft(survey, now)
    known = {text.key for text in TEXTS}
    given = {
        key: value.replace("\r\n", "\n").strip() for key, value in texts.items() if key in known
    }
    before = draft.texts.get(language) or ready_made(survey.kind, language)
    return _write(draft, {**draft.texts, language: {**before, **given}}, draft.default_language)


@transaction.atomic
def set_languages(
    *, actor: Actor, survey: Survey, languages: Sequence[str], default: str, now: datetime
) -> Version:
    """Adds languages (in ready-made words), drops others, and chooses the default."""
    require(actor, Right.RUN_SURVEYS)
    chosen = list(dict.fromkeys([default, *languages]))
    _check_languages(chosen)
    draft = _draft(survey, now)
    texts = {code: draft.texts.get(code) or ready_made(survey.kind, code) for code in chosen}
    return _write(draft, texts, default)


def _draft(survey: Survey, now: datetime) -> Version:
    """The survey's one draft, begun as a copy of the newest version where there is none."""
    if survey.archived_at is not None:
        raise Conflict(_("This survey is archived. Bring it back first."))
    last = survey.versions.order_by("-number")[0]
    if last.published_at is None:
        return last
    try:
        with transaction.atomic():
            return Version.objects.create(
                survey=survey,
                number=last.number + 1,
                texts=last.texts,
                default_language=last.default_language,
                created_at=now,
            )
    except IntegrityError:  # somebody else began it a moment ago: work on theirs
        return survey.versions.get(number=last.number + 1)


def _write(draft: Version, texts: dict[str, dict[str, str]], default: str) -> Version:
    """The condition, not the caller, keeps published words as they are."""
    rows = Version.objects.filter(pk=draft.pk, published_at=None)
    if not rows.update(texts=texts, default_language=default):
        raise AlreadyPublished(_("This version was published meanwhile. Open the survey again."))
    draft.texts, draft.default_language = texts, default
    return draft


@transaction.atomic
def publish_version(*, actor: Actor, survey: Survey, now: datetime) -> Version:
    """Makes the draft the version customers get; from then on it cannot change."""
    require(actor, Right.RUN_SURVEYS)
    draft = survey.versions.filter(published_at=None).first()
    if draft is None:
        raise AlreadyPublished(_("There is no draft to publish: the newest version is live."))
    missing = {
        f"{code}.{key}": messages
        for code in languages_of(draft)
        for key, messages in faults(draft.texts.get(code, {})).items()
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
