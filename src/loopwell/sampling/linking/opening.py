"""What does a link lead to: is it open, which words, and whose are its answers?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery

from loopwell.access.models import Unit
from loopwell.people.models import Property
from loopwell.sampling.enums import LinkKind
from loopwell.sampling.linking.settings import LinkSettings
from loopwell.sampling.models import Link
from loopwell.surveys.brand import hides_us
from loopwell.surveys.models import Survey, Version
from loopwell.surveys.rules import filled, language_for, languages_of, texts_for


@dataclass(frozen=True)
class Opened:
    """A link as whoever comes through it needs it; `version` is what is asked now
    (an empty one where nothing is published)."""

    pk: int
    ref: str
    kind: LinkKind
    is_open: bool
    version: Version
    company: str = ""
    language: str = ""
    unit_id: int | None = None
    employee_id: int | None = None
    settings: LinkSettings = field(default_factory=LinkSettings)

    @property
    def languages(self) -> list[str]:
        return languages_of(self.version)

    def spoken(self, *wished: str) -> str:
        """The first wish that the survey speaks, else the link's language, else the survey's."""
        for code in wished:
            if code and code.split("-")[0].lower() in self.languages:
                return code.split("-")[0].lower()
        return language_for(self.version, self.language)

    def texts(self, language: str) -> dict[str, str]:
        return filled(texts_for(self.version, language), company=self.company)


def opened(ref: str) -> Opened | None:
    """The link of this address, None if there never was one; three look-ups by key."""
    version = Version.objects.filter(
        survey=OuterRef("programme__survey"), published_at__isnull=False
    ).order_by("-number")
    link = (
        Link.objects.filter(ref=ref)
        .select_related("programme__survey")
        .annotate(version_id=Subquery(version.values("pk")[:1]))
        .first()
    )
    if link is None:
        return None
    return _opened(link, getattr(link, "version_id"))  # noqa: B009 an annotation


def _opened(link: Link, version_id: int | None) -> Opened:
    survey: Survey = link.programme.survey
    shown = Version.objects.filter(pk=version_id or 0).first() or Version(survey=survey)
    shown.survey = survey
    root = Unit.objects.filter(parent=None).order_by("id").only("name").first()
    closed = (
        link.closed_at or link.programme.ended_at or link.programme.paused_at or survey.archived_at
    )
    return Opened(
        pk=link.pk,
        ref=link.ref,
        kind=LinkKind(link.kind),
        is_open=closed is None and version_id is not None,
        version=shown,
        company=root.name if root and not hides_us(survey.kind) else "",
        language=link.language,
        unit_id=link.unit_id,
        employee_id=link.employee_id,
        settings=LinkSettings.from_json(link.settings),
    )


MOST_PROPERTIES, LONGEST = 10, 200


def known_properties(given: Mapping[str, Any]) -> dict[str, str]:
    """Of what a web page says about its visitor, the properties the company knows, shortened.

    Anybody can send anything: names that nobody defined are dropped.
    """
    names = [name for name in given if isinstance(name, str)][: MOST_PROPERTIES * 5]
    known = Property.objects.filter(name__in=names).values_list("name", flat=True)
    return {
        name: " ".join(str(given[name]).replace("\x00", "").split())[:LONGEST]
        for name in sorted(known)[:MOST_PROPERTIES]
    }
