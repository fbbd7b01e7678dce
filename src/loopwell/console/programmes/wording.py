"""In which words does a page speak of programmes?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from loopwell.delivery.channels import CHANNELS
from loopwell.sampling.enums import Channel, ProgrammeKind, QuotaPeriod
from loopwell.sampling.rules import ProgrammeDraft

KINDS = {
    ProgrammeKind.RELATIONSHIP: (
        "heart",
        gettext_lazy("Relationship"),
        gettext_lazy("What customers think of us in general"),
        gettext_lazy(
            "Everybody is asked once in a cycle, a few every working day, so that each day brings "
            "answers and nobody is asked too often."
        ),
    ),
    ProgrammeKind.TRANSACTIONAL: (
        "message-2",
        gettext_lazy("After a contact"),
        gettext_lazy("How a call, visit, delivery or click went"),
        gettext_lazy(
            "Contacts arrive from files, the API or a database; each is asked about a while "
            "later, so that the cause can be found while it is fresh."
        ),
    ),
    ProgrammeKind.LINK: (
        "qrcode",
        gettext_lazy("Always on"),
        gettext_lazy("Links, QR codes, kiosks, website"),
        gettext_lazy("Whoever comes by can answer; nobody is written to."),
    ),
}


@dataclass(frozen=True)
class Card:
    """A kind of programme to choose."""

    kind: str
    icon: str
    name: str
    question: str
    explanation: str


def cards() -> list[Card]:
    return [
        Card(kind.value, icon, str(name), str(question), str(explanation))
        for kind, (icon, name, question, explanation) in KINDS.items()
    ]


def kind_name(kind: str) -> str:
    return str(KINDS[ProgrammeKind(kind)][1])


def channel_name(channel: str) -> str:
    """Channels of integrations are called by their own name."""
    other = CHANNELS[channel].label if channel in CHANNELS else channel
    return str(dict(Channel.choices).get(channel, other))


def state_of(programme: Any) -> tuple[str, str]:
    """A word for the page and one for its look: planned, runs, paused, ended."""
    if programme.ended_at is not None:
        return _("Ended"), "ended"
    if programme.started_at is None:
        return _("Not started"), "planned"
    if programme.paused_at is not None:
        return _("Paused"), "paused"
    return _("Runs"), "runs"


def in_a_sentence(draft: ProgrammeDraft) -> str:
    """When it asks, in one sentence."""
    if draft.kind == ProgrammeKind.RELATIONSHIP:
        words = ngettext(
            "Everybody is asked once in %(days)d day, spread over the working days.",
            "Everybody is asked once in %(days)d days, spread over the working days.",
            draft.cycle_days,
        )
        return words % {"days": draft.cycle_days}
    if draft.kind == ProgrammeKind.LINK:
        return _("Whoever comes by can answer.")
    what = ", ".join(draft.touchpoints) or _("every contact")
    words = _("%(delay)s after: %(what)s. Not if it is older than %(days)s days.")
    if draft.share < 100:
        words += " " + _("About %(share)d percent of them.") % {"share": draft.share}
    return words % {
        "delay": _span(draft.delay_minutes),
        "what": what,
        "days": round(draft.expires_hours / 24, 1)
        if draft.expires_hours % 24
        else draft.expires_hours // 24,
    }


def _span(minutes: int) -> str:
    if minutes == 0:
        return _("At once")
    if minutes % 1440 == 0:
        days = minutes // 1440
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if minutes % 60 == 0:
        hours = minutes // 60
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def quota_words(draft: ProgrammeDraft, properties: dict[str, str]) -> list[str]:
    """ "at most 25 a day for each unit"."""
    found = []
    for quota in draft.quotas:
        said = {"most": quota.most, "period": QuotaPeriod(quota.period).label}
        if not quota.each:
            found.append(_("at most %(most)d a %(period)s") % said)
        elif quota.each == "unit":
            found.append(_("at most %(most)d a %(period)s for each unit") % said)
        else:
            said["name"] = properties.get(quota.each, quota.each)
            found.append(_("at most %(most)d a %(period)s for each value of “%(name)s”") % said)
    return found


def since(programme: Any) -> datetime | None:
    """Since when it is in its state."""
    moment: datetime | None = programme.ended_at or programme.paused_at or programme.started_at
    return moment
