"""What does an alarm say, in the language and time zone of whom it is for?"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.models import User
from loopwell.notify.kinds import Seen, kind_of
from loopwell.notify.kinds.registry import link_of
from loopwell.notify.models import Alarm
from loopwell.responses.masking import Said, as_written, said_in_feeds

TO_CALL = frozenset({"case.opened", "case.assigned", "case.reopened"})
"""Alarms that carry everything for the call."""


@dataclass(frozen=True)
class Words:
    """A finished message: subject in one line, plain text, HTML; `short` for chats and SMS."""

    subject: str
    text: str
    html: str
    short: str = ""


@dataclass(frozen=True)
class Line:
    """One alarm as a line of a list: what, where to, and what it is about."""

    alarm: Alarm
    words: str
    path: str
    url: str
    seen: Seen

    @property
    def label(self) -> str:
        return str(kind_of(self.alarm.kind).label)


def with_details(rows: QuerySet[Alarm]) -> QuerySet[Alarm]:
    """With all that words need."""
    return rows.select_related(
        "user", "case__customer", "case__response", "case__unit", "case__account",
        "response__customer", "response__unit", "response__account",
    )  # fmt: skip


def line_of(alarm: Alarm, said: Said = as_written) -> Line:
    """In the language that is active; the alarm needs its details. `said` reads its comment."""
    kind, seen = kind_of(alarm.kind), seen_in(alarm, said)
    words = kind.words(seen)
    if seen.instead_of:
        words = _("%(words)s You stand in for %(name)s.") % {
            "words": words,
            "name": seen.instead_of,
        }
    path = link_of(kind, seen)
    return Line(alarm, words, path, settings.BASE_URL + path, seen)


def seen_in(alarm: Alarm, said: Said) -> Seen:
    about: Any = alarm.case or alarm.response
    response = alarm.case.response if alarm.case else alarm.response
    facts = alarm.facts
    return Seen(
        who=str(facts.get("who", "")),
        customer=str(about.customer) if about and about.customer else "",
        unit=str(about.unit) if about and about.unit else "",
        account=str(about.account) if about and about.account else "",
        due=moment(alarm.case.due_at) if alarm.case else "",
        score=alarm.case.score if alarm.case else response.score if response else None,
        comment=said(response, response.comment) if response else "",
        case_ref=alarm.case.ref if alarm.case else "",
        response_ref=response.ref if response else "",
        instead_of=str(facts.get("instead_of", "")),
        facts=facts,
    )


def words_for(user: User, alarms: Sequence[Alarm], now: datetime) -> Words:
    """One alarm in full, or several as a list; alarms need their details."""
    with as_they_read(user):
        said = said_in_feeds()
        lines = [line_of(alarm, said) for alarm in alarms]
        context: dict[str, Any] = {
            "user": user,
            "lines": lines,
            "inbox": settings.BASE_URL + reverse("alarms:inbox"),
            "settings": settings.BASE_URL + reverse("my_alarms:index"),
            "language": translation.get_language(),
        }
        if len(lines) > 1:
            subject, name = _subject_of_many(lines), "list"
        else:
            subject, name = _subject(lines[0]), "alarm"
            context |= _facts(lines[0], now)
        return Words(
            subject=" ".join(subject.split())[:200],
            text=render_to_string(f"notify/{name}.txt", context),
            html=render_to_string(f"notify/{name}.html", context),
            short="\n".join(f"{line.words}\n{line.url}" for line in lines),
        )


@contextmanager
def as_they_read(user: User) -> Iterator[None]:
    zone = zone_of(user)
    with translation.override(user.language or settings.LANGUAGE_CODE), timezone.override(zone):
        yield


def zone_of(user: User) -> ZoneInfo:
    return ZoneInfo(user.time_zone or settings.TIME_ZONE)


def _facts(line: Line, now: datetime) -> dict[str, object]:
    case, response = line.alarm.case, line.alarm.response
    about: Any = case or response
    return {
        "line": line,
        "case": case,
        "response": case.response if case else response,
        "customer": about.customer if about else None,
        "unit": about.unit if about else None,
        "account": about.account if about else None,
        "to_call": line.alarm.kind in TO_CALL,
        "late": case is not None and case.due_at < now,
    }


def moment(at: datetime) -> str:
    """ "Thu 14:00", and with the date where the weekday could be misread."""
    local = timezone.localtime(at)
    far = (local.date() - timezone.localdate()).days > 6
    shown = date_format(local, "j E" if far else "D")
    return f"{shown} {date_format(local, 'H:i')}"


def _subject(line: Line) -> str:
    case = line.alarm.case
    if case is None or line.alarm.kind not in TO_CALL or case.score is None:
        return line.words
    facts = {
        "score": case.score,
        "customer": str(case.customer),
        "unit": str(case.unit or case.account or ""),
        "due": line.seen.due,
    }
    if facts["unit"]:
        return _("%(score)s from %(customer)s at %(unit)s: call before %(due)s") % facts
    return _("%(score)s from %(customer)s: call before %(due)s") % facts


def _subject_of_many(lines: Sequence[Line]) -> str:
    count = len(lines)
    if all(line.alarm.kind in TO_CALL for line in lines):
        words = ngettext("%(count)s customer to call", "%(count)s customers to call", count)
    else:
        words = ngettext("%(count)s alarm", "%(count)s alarms", count)
    return words % {"count": count}
