"""Which surveys and versions are there?"""

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.kit.errors import NotFound
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.questions import Question, questions_of


def visible_to(actor: Actor) -> QuerySet[Survey]:
    """Surveys belong to the whole company: who reads or records answers sees which exist."""
    rights = (Right.RUN_SURVEYS, Right.READ_ANSWERS, Right.WRITE_ANSWERS)
    if any(actor.may(right) for right in rights):
        return Survey.objects.all()
    return Survey.objects.none()


def surveys_listed(actor: Actor, *, archived: bool = False) -> QuerySet[Survey]:
    """By name, with their versions (newest first)."""
    versions = Version.objects.select_related("published_by").order_by("-number")
    return (
        visible_to(actor)
        .filter(archived_at__isnull=not archived)
        .prefetch_related(Prefetch("versions", versions))
    )


def survey_by_ref(actor: Actor, ref: str) -> Survey:
    found = visible_to(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such survey."))
    return found


def versions_of(survey: Survey) -> Sequence[Version]:
    """Newest first."""
    return list(survey.versions.select_related("published_by", "survey").order_by("-number"))


def newest(survey: Survey) -> Version:
    """What somebody edits or looks at: the draft, else the newest published version."""
    return survey.versions.select_related("survey").order_by("-number")[0]


def published(survey: Survey) -> Version | None:
    """The version that customers get now."""
    return (
        survey.versions.select_related("survey")
        .exclude(published_at=None)
        .order_by("-number")
        .first()
    )


def sendable(actor: Actor) -> Sequence[Survey]:
    """Surveys that can be sent: published and not archived."""
    return list(
        visible_to(actor)
        .filter(archived_at=None, versions__published_at__isnull=False)
        .distinct()
        .order_by("name")
    )


def past_questions(survey: Survey) -> dict[str, Question]:
    """Every question published so far, by key, as it was asked last."""
    versions = survey.versions.exclude(published_at=None).order_by("number")
    return {each.key: each for version in versions for each in questions_of(version)}
