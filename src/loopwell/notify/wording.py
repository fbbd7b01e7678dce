"""Which words does an alarm have, in the language and time of whom it is for?"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.models import User
from loopwell.cases.models import Case
from loopwell.notify.models import Alarm


@dataclass(frozen=True)
class Words:
    """A finished message: subject in one line, plain text, HTML."""

    subject: str
    text: str
    html: str


def words_for(user: User, alarms: Sequence[Alarm], now: datetime) -> Words:
    """One alarm in full, or several as a list; alarms need their case's details selected."""
    with _as_they_read(user):
        cases = [_facts(alarm, now) for alarm in alarms]
        context = {
            "user": user,
            "cases": cases,
            "queue": settings.BASE_URL + reverse("cases:queue"),
        }
        if len(cases) == 1:
            subject, name = _subject(alarms[0]), "alarm"
            context |= cases[0]
        else:
            count = len(cases)
            subject = ngettext(
                "%(count)s customer to call", "%(count)s customers to call", count
            ) % {"count": count}
            name = "digest"
        return Words(
            subject=" ".join(subject.split())[:200],
            text=render_to_string(f"notify/{name}.txt", context),
            html=render_to_string(f"notify/{name}.html", context),
        )


@contextmanager
def _as_they_read(user: User) -> Iterator[None]:
    zone = ZoneInfo(user.time_zone or settings.TIME_ZONE)
    with translation.override(user.language or settings.LANGUAGE_CODE), timezone.override(zone):
        yield


def _facts(alarm: Alarm, now: datetime) -> dict[str, object]:
    case = alarm.case
    assigned = alarm.occasion.startswith("assigned-")
    return {
        "case": case,
        "customer": str(case.customer),
        "unit": case.unit,
        "due": moment(case.due_at),
        "late": case.due_at < now,
        "link": settings.BASE_URL + reverse("cases:case", args=[case.ref]),
        "assigned": assigned,
        "reopened": alarm.occasion.startswith("reopened-"),
        "language": translation.get_language(),
    }


def moment(at: datetime) -> str:
    """ "Thu 14:00", and with the date where the weekday could be misread."""
    local = timezone.localtime(at)
    far = (local.date() - timezone.localdate()).days > 6
    shown = date_format(local, "j E" if far else "D")
    return f"{shown} {date_format(local, 'H:i')}"


def _subject(alarm: Alarm) -> str:
    case: Case = alarm.case
    facts = {
        "score": case.score,
        "customer": str(case.customer),
        "unit": str(case.unit or case.account or ""),
        "due": moment(case.due_at),
    }
    if facts["unit"]:
        return _("%(score)s from %(customer)s at %(unit)s: call before %(due)s") % facts
    return _("%(score)s from %(customer)s: call before %(due)s") % facts
