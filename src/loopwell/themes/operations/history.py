"""How is every act on the taxonomy kept, with what the taxonomy was afterwards?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from loopwell.access.rules import Actor
from loopwell.themes.enums import Act
from loopwell.themes.models import TaxonomyChange, Theme


def note(
    *, actor: Actor, now: datetime, act: Act, theme: Theme | None,
    details: Mapping[str, Any] | None = None,
) -> TaxonomyChange:  # fmt: skip
    """In the caller's transaction, after the act."""
    return TaxonomyChange.objects.create(
        at=now, by_id=actor.user_id, act=act, theme=theme, details=dict(details or {}),
        themes=whole(),
    )  # fmt: skip


def whole() -> list[dict[str, Any]]:
    """The taxonomy as a version keeps it."""
    rows = Theme.objects.select_related("parent")
    return [
        {
            "slug": each.slug, "names": each.names, "kind": each.kind,
            "parent": each.parent.slug if each.parent else None, "position": each.position,
            "retired": each.retired_at is not None,
        }
        for each in rows
    ]  # fmt: skip
