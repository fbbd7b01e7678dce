"""What happened around one answer, in order of time?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Moment:
    """One line of the story; `score` and `text` say what the answer was then."""

    at: datetime
    icon: str
    words: str
    score: int | None = None
    text: str = ""


def story_of(answer: Any, case: Any) -> list[Moment]:
    """From the invitation to the closed case, oldest first."""
    found = [*_asked(answer.invitation), *_said(answer), *_done(case)]
    return sorted(found, key=lambda moment: moment.at)


def _asked(invitation: Any) -> list[Moment]:
    if invitation is None:
        return []
    steps = [
        (invitation.sent_at, "send", _("Invitation sent")),
        (invitation.delivered_at, "mail", _("Message arrived")),
        (invitation.opened_at, "eye", _("Message opened")),
        (invitation.started_at, "clipboard", _("Survey opened")),
        (invitation.reminded_at, "bell", _("Reminder sent")),
        (invitation.nudged_at, "user-check", _("Reminded in person")),
        (invitation.bounced_at, "mail-off", _("Message came back")),
        (invitation.complained_at, "flag", _("Reported as spam")),
        (invitation.declined_at, "mail-off", _("Asked not to be asked again")),
    ]
    return [Moment(at, icon, words) for at, icon, words in steps if at]


def _said(answer: Any) -> list[Moment]:
    """Each version of the answer with the moment from which it stood."""
    found: list[Moment] = []
    since, words = answer.answered_at, _("Answered")
    for revision in answer.revisions.all():
        found.append(Moment(since, "message", words, revision.score, revision.comment))
        since, words = revision.replaced_at, _("Changed the answer")
    return [*found, Moment(since, "message", words, answer.score, answer.comment)]


def _done(case: Any) -> list[Moment]:
    if case is None:
        return []
    steps = [
        (case.opened_at, "phone", _("Case opened")),
        (case.reached_at, "phone-call", _("Customer reached")),
        (case.closed_at, "circle-check", _("Case closed")),
    ]
    return [Moment(at, icon, words) for at, icon, words in steps if at]
