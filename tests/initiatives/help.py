"""What do the tests of initiatives begin with?"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from loopwell.initiatives.enums import State
from loopwell.initiatives.models import Initiative
from loopwell.initiatives.operations.drafts import Hope, InitiativeDraft, Means
from loopwell.initiatives.operations.moving import move_initiative
from loopwell.initiatives.operations.proposing import propose_initiative
from loopwell.themes.enums import ThemeKind
from loopwell.themes.models import Theme
from tests.conftest import NOW, Company


def theme(slug: str = "late-delivery", name: str = "Late delivery") -> Theme:
    found, _new = Theme.objects.get_or_create(
        slug=slug, defaults={"names": {"en": name}, "kind": ThemeKind.DEFECT}
    )
    return found


def draft(company: Company, title: str = "Ship on time", **more: Any) -> InitiativeDraft:
    facts: dict[str, Any] = {
        "themes": [theme()],
        "units": [company.north],
        "owner": company.mark,
        "hope": Hope(-2.0, 3.0, 1.0, 5.0),
        "means": Means(cost=Decimal(1000), budget=Decimal(1200), people=Decimal(2)),
    }
    return InitiativeDraft(title, **(facts | more))


def proposed(company: Company, title: str = "Ship on time", **more: Any) -> Initiative:
    who = more.pop("by", "mark")
    return propose_initiative(
        actor=company.actor(who), now=NOW, draft=draft(company, title, **more)
    )


def running(company: Company, now: datetime = NOW, **more: Any) -> Initiative:
    row = proposed(company, **more)
    for state in (State.APPROVED, State.RUNNING):
        row = move_initiative(
            actor=company.actor("alice"), now=now, initiative=row, version=row.version, state=state
        )
    return row
