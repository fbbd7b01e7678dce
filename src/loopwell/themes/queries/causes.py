"""Which root causes can be chosen, and which were found in an answer?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _

from loopwell.kit.errors import NotFound
from loopwell.themes.enums import MentionSource, ThemeKind
from loopwell.themes.models import Mention, Theme
from loopwell.themes.rules.taxonomy import in_order


@dataclass(frozen=True)
class FoundCause:
    """A root cause found in an answer, its name in the reader's language, its weight in %."""

    slug: str
    name: str
    kind: str
    weight: Decimal


def root_causes() -> Sequence[Theme]:
    """The problems an interviewer can choose from, in the order of the tree: not praise, not
    retired, and no area whose parts say it better."""
    rows = Theme.objects.filter(retired_at=None).exclude(kind=ThemeKind.DELIGHT)
    known = {each.slug: each for each in rows.select_related("parent")}
    order = in_order(
        (slug, each.parent.slug if each.parent else None, each.position)
        for slug, each in known.items()
    )
    areas = {each.parent_id for each in known.values()}
    return [known[slug] for slug, _level in order if known[slug].pk not in areas]


def proposed_themes() -> Sequence[Theme]:
    """What waits for a decision, oldest first, each with `found`: in how many answers."""
    rows = Theme.objects.filter(proposed_at__isnull=False, accepted_at=None, retired_at=None)
    rows = rows.select_related("proposed_by").annotate(found=Count("mentions"))
    return list(rows.order_by("proposed_at", "pk"))


def theme_by_slug(slug: str) -> Theme:
    found = Theme.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(_("There is no root cause %(slug)s.") % {"slug": slug})
    return found


def causes_found(response_ids: Iterable[int]) -> dict[int, list[FoundCause]]:
    """What interviewers found in each answer, heaviest first."""
    found: dict[int, list[FoundCause]] = {}
    rows = Mention.objects.filter(
        response_id__in=list(response_ids), source=MentionSource.INTERVIEWER
    ).select_related("theme")
    for row in rows.order_by("-weight", "theme__position"):
        cause = FoundCause(row.theme.slug, str(row.theme), row.theme.kind, row.weight)
        found.setdefault(row.response_id, []).append(cause)
    return found
