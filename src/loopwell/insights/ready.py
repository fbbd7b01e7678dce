"""Which dashboards are there ready, for whom, and what do their cards ask?

In code, so that they are in the reader's language and better with each release; who wants another
one copies it. Cards are words of Explore's address, or of the dashboards' own (`panel`).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loopwell.access.enums import Role

__all__ = ["READY", "ReadyCard", "ReadyDashboard", "ready_dashboard"]


@dataclass(frozen=True)
class ReadyCard:
    """Without a title it is called after its question."""

    address: str
    width: int = 1
    title: str | Promise = ""


@dataclass(frozen=True)
class ReadyDashboard:
    """`roles` are those whom it is offered to first."""

    slug: str
    name: str | Promise
    about: str | Promise
    roles: frozenset[Role]
    cards: tuple[ReadyCard, ...]


_LEADS = frozenset({Role.MANAGER, Role.SUPERVISOR})
_PROGRAMME = frozenset({Role.PROGRAMME, Role.ANALYST, Role.ADMINISTRATOR})
_TREND = "grain=month&period=12m"

READY: dict[str, ReadyDashboard] = {
    each.slug: each
    for each in (
        ReadyDashboard(
            "executive",
            _("For executives"),
            _("The score, what it is made of, and whether we act on it."),
            frozenset({Role.EXECUTIVE, Role.FINANCE, Role.PROGRAMME}),
            (
                ReadyCard("metric=nps"),
                ReadyCard("metric=detractor_revenue&period=12m"),
                ReadyCard("metric=response_rate"),
                ReadyCard(f"metric=nps&{_TREND}", 2),
                ReadyCard("metric=answers&by=score", 1, _("How many gave each score")),
                ReadyCard("metric=nps&by=unit", 2),
                ReadyCard("metric=mentions&by=theme", 1, _("What customers speak of")),
                ReadyCard("metric=reached_in_time"),
                ReadyCard("metric=first_contact_hours"),
                ReadyCard("metric=recovery&period=12m"),
            ),
        ),
        ReadyDashboard(
            "branch",
            _("For a branch"),
            _("How customers see this branch, when, and whether they were called in time."),
            _LEADS,
            (
                ReadyCard("metric=nps"),
                ReadyCard("metric=answers"),
                ReadyCard("metric=reached_in_time"),
                ReadyCard(f"metric=nps&{_TREND}", 2),
                ReadyCard("metric=answers&by=score", 1, _("How many gave each score")),
                ReadyCard("metric=nps&by=weekday&by2=hour&period=12m", 2),
                ReadyCard("metric=nps&by=touchpoint"),
                ReadyCard("metric=nps&by=employee", 2),
                ReadyCard("metric=mentions&by=theme", 1, _("What customers speak of")),
            ),
        ),
        ReadyDashboard(
            "channel",
            _("By channel"),
            _("Where customers are served well, by channel and touchpoint."),
            frozenset({Role.PROGRAMME, Role.ANALYST, Role.FUNCTION}),
            (
                ReadyCard("metric=nps&by=channel", 2),
                ReadyCard("metric=answers&by=channel"),
                ReadyCard(f"metric=nps&by=channel&{_TREND}", 3),
                ReadyCard("metric=nps&by=touchpoint&by2=channel&period=12m", 2),
                ReadyCard("metric=csat&by=channel"),
                ReadyCard("metric=ces&by=channel"),
                ReadyCard("metric=nps&by=channel&vs=year_before&period=90d", 2,
                          _("NPS by channel against a year before")),
            ),
        ),
        ReadyDashboard(
            "contact-centre",
            _("For the contact centre"),
            _("What customers say after a contact, by hour and employee, and how quick we are."),
            frozenset({Role.SUPERVISOR, Role.CALL_BACK, Role.FRONT_LINE}),
            (
                ReadyCard("metric=nps&kind=transactional"),
                ReadyCard("metric=csat&kind=transactional"),
                ReadyCard("metric=ces&kind=transactional"),
                ReadyCard("metric=nps&kind=transactional&by=weekday&by2=hour&period=12m", 2),
                ReadyCard("metric=first_contact_hours&kind=transactional"),
                ReadyCard("metric=nps&kind=transactional&by=employee", 2),
                ReadyCard("metric=mentions&kind=transactional&by=theme", 1,
                          _("What customers speak of")),
                ReadyCard(f"metric=ces&kind=transactional&{_TREND}", 2),
                ReadyCard("metric=reached_in_time&kind=transactional"),
            ),
        ),
        ReadyDashboard(
            "programme-health",
            _("Health of the programme"),
            _("Whom we ask, who answers, whether they stand for all, and what stopped us."),
            _PROGRAMME,
            (
                ReadyCard("metric=response_rate"),
                ReadyCard("metric=bounce_rate"),
                ReadyCard("metric=opt_out_rate"),
                ReadyCard(f"metric=response_rate&{_TREND}", 2),
                ReadyCard("metric=coverage&period=12m"),
                ReadyCard("panel=likeness", 2),
                ReadyCard("metric=response_rate&by=channel"),
                ReadyCard("panel=quotas", 2),
                ReadyCard("panel=decisions"),
                ReadyCard("metric=response_rate&by=programme", 3),
            ),
        ),
    )
}  # fmt: skip


def ready_dashboard(slug: str) -> ReadyDashboard | None:
    return READY.get(slug)
