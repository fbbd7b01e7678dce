"""What waits for this person today: calls, what is late, promises, words of customers?"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.cases.enums import Direction, RedressState, Tab
from loopwell.cases.models import Case, CoachingNote, FurtherAction, Letter, Redress, Remark
from loopwell.cases.queries import found_nobody_nearer, late_of_my_people, visible_to
from loopwell.cases.queries.policy import policy
from loopwell.cases.queries.queue import late_now
from loopwell.cases.queries.redress import UNLIMITED, limits
from loopwell.cases.queries.training import to_learn
from loopwell.huddles.queries.issues import waiting_counts
from loopwell.huddles.queries.teams import held, huddle_of, may_lead, open_commitments, own_team
from loopwell.huddles.rules.weeks import monday_of, week_text
from loopwell.responses.queries.held import held_count
from loopwell.stories.queries import unread


@dataclass(frozen=True)
class Waiting:
    """One line of the day: how many of what, where to do it; `late` is shown in red."""

    slug: str
    count: int
    words: str
    url: str
    icon: str
    late: bool = False


def waiting(actor: Actor, now: datetime, today: date) -> list[Waiting]:
    """Most urgent first; only what there is. A fixed number of queries."""
    if actor.user_id is None:
        return []
    found = [*_own_calls(actor, now), *_of_my_people(actor, now)] if _works(actor) else []
    found += _approvals(actor)
    found += _promises(actor, today)
    found += _replies(actor) if _works(actor) else []
    found += [*_mentions(actor), *_notes(actor), *_team(actor, today)]
    found += [*_issues(actor), *_programme(actor)]
    return [each for each in found if each.count]


def _works(actor: Actor) -> bool:
    return actor.may(Right.READ_CASES)


def _own_calls(actor: Actor, now: datetime) -> list[Waiting]:
    to_call = Q(closed_at=None, reached_at=None, owner_id=actor.user_id)
    counted = visible_to(actor).aggregate(
        late=Count("pk", filter=Q(owner_id=actor.user_id) & late_now(now)),
        due=Count("pk", filter=to_call & Q(due_at__gte=now)),
    )
    late, due = counted["late"], counted["due"]
    queue = reverse("cases:queue")
    return [
        Waiting(
            "late",
            late,
            ngettext(
                "%(count)s customer waits longer for you than promised",
                "%(count)s customers wait longer for you than promised",
                late,
            )
            % {"count": late},
            f"{queue}?tab={Tab.MINE.value}",
            "clock",
            late=True,
        ),
        Waiting(
            "due",
            due,
            ngettext("%(count)s customer to call", "%(count)s customers to call", due)
            % {"count": due},
            f"{queue}?tab={Tab.MINE.value}",
            "phone",
        ),
    ]


def _of_my_people(actor: Actor, now: datetime) -> list[Waiting]:
    """What went up to them, and for who leads people all that is late in their units."""
    url = f"{reverse('cases:queue')}?tab={Tab.LATE.value}"
    raised = late_of_my_people(actor, now).count()
    found = [
        Waiting(
            "late_people",
            raised,
            ngettext(
                "%(count)s late call of your people came up to you",
                "%(count)s late calls of your people came up to you",
                raised,
            )
            % {"count": raised},
            url,
            "users",
            late=True,
        )
    ]
    if actor.may(Right.COACH):
        late = visible_to(actor).filter(late_now(now)).count()
        words = ngettext(
            "%(count)s call in your units is late", "%(count)s calls in your units are late", late
        ) % {"count": late}
        found.append(Waiting("late_units", late, words, url, "alert-triangle", late=True))
    return found


def _approvals(actor: Actor) -> list[Waiting]:
    """Redress asked for that this person's own limit covers."""
    if not actor.may(Right.WORK_CASES):
        return []
    known = limits()
    limit = max((known.get(role, Decimal(0)) for role in actor.roles), default=Decimal(0))
    if not limit:
        return []
    rows = Redress.objects.filter(
        state=RedressState.ASKED, case__in=visible_to(actor, Right.WORK_CASES)
    ).exclude(by_id=actor.user_id)
    if limit != UNLIMITED:
        rows = rows.filter(amount__lte=limit, currency=policy().currency)
    count = rows.count()
    words = ngettext(
        "%(count)s redress waits for your approval",
        "%(count)s redresses wait for your approval",
        count,
    ) % {"count": count}
    return [Waiting("approvals", count, words, reverse("cases:approvals"), "coin")]


def _promises(actor: Actor, today: date) -> list[Waiting]:
    rows = FurtherAction.objects.filter(owner_id=actor.user_id, done_at=None, due_on__lte=today)
    counted = rows.aggregate(n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    words = ngettext(
        "%(count)s promise to a customer is due",
        "%(count)s promises to customers are due",
        counted["n"],
    ) % {"count": counted["n"]}
    late = bool(counted["late"])
    return [
        Waiting("promises", counted["n"], words, reverse("cases:actions"), "list-check", late=late)
    ]


def _replies(actor: Actor) -> list[Waiting]:
    """Own open cases where the customer wrote last."""
    newer = Letter.objects.filter(
        case=OuterRef("case"), direction=Direction.OUT, at__gt=OuterRef("at")
    )
    wrote = Letter.objects.filter(direction=Direction.IN, case=OuterRef("pk")).filter(
        ~Exists(newer)
    )
    rows = Case.objects.filter(Exists(wrote), owner_id=actor.user_id, closed_at=None)
    count = rows.count()
    words = ngettext("%(count)s customer wrote back", "%(count)s customers wrote back", count) % {
        "count": count
    }
    first = rows.values_list("ref", flat=True).first() if count else None
    url = reverse("cases:case", args=[first]) if first else ""
    return [Waiting("replies", count, words, url, "mail")]


def _mentions(actor: Actor) -> list[Waiting]:
    """Open cases where a colleague asked for them and they have not written since."""
    answered = Remark.objects.filter(
        case=OuterRef("case"), by_id=actor.user_id, at__gt=OuterRef("at")
    )
    rows = Remark.objects.filter(
        ~Exists(answered), mentions=actor.user_id, case__closed_at=None
    ).exclude(by_id=actor.user_id)
    refs = list(rows.order_by("-id").values_list("case__ref", flat=True)[:100])
    count = len(set(refs))
    words = ngettext(
        "A colleague asks for you in %(count)s case",
        "Colleagues ask for you in %(count)s cases",
        count,
    ) % {"count": count}
    return [
        Waiting(
            "mentions", count, words, reverse("cases:case", args=refs[:1]) if refs else "", "at"
        )
    ]


def _notes(actor: Actor) -> list[Waiting]:
    count = CoachingNote.objects.filter(employee_id=actor.user_id, read_at=None).count()
    words = ngettext(
        "%(count)s note from your manager to read",
        "%(count)s notes from your manager to read",
        count,
    ) % {"count": count}
    return [Waiting("notes", count, words, reverse("coaching:index"), "note")]


def _team(actor: Actor, today: date) -> list[Waiting]:
    """What the team agreed on, what is new to know, and this week's huddle for who leads it."""
    committed = open_commitments(actor).filter(due_on__lte=today).aggregate(
        n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today))
    )  # fmt: skip
    n = committed["n"]
    words = ngettext(
        "%(count)s commitment of yours is due", "%(count)s commitments of yours are due", n
    ) % {"count": n}
    url = reverse("huddles:mine")
    found = [Waiting("committed", n, words, url, "flag", late=bool(committed["late"]))]
    n = len(unread(actor))
    words = ngettext("%(count)s new notice to read", "%(count)s new notices to read", n) % {
        "count": n
    }
    found.append(Waiting("notices", n, words, reverse("stories:notices"), "bell"))
    n = len(to_learn(actor))
    words = ngettext("%(count)s training to go through", "%(count)s trainings to go through", n) % {
        "count": n
    }
    found.append(Waiting("training", n, words, reverse("training:list"), "book"))
    team = own_team(actor)
    if team is not None and may_lead(actor, team) and held(team, 1):  # only where it is a habit
        week = monday_of(today)
        huddle = huddle_of(team, week)
        is_held = huddle is not None and huddle.held_at is not None
        url = reverse("huddles:huddle", args=[team.ref, week_text(week)])
        words = _("The huddle of this week is not held yet")
        found.append(Waiting("huddle", int(not is_held), words, url, "users-group"))
    return found


def _issues(actor: Actor) -> list[Waiting]:
    """Answers to what they raised, and for the office what teams raised."""
    url = reverse("issues:list")
    news, new = waiting_counts(actor)
    words = ngettext(
        "%(count)s issue of yours has news", "%(count)s issues of yours have news", news
    ) % {"count": news}
    raised = ngettext(
        "%(count)s issue waits for your answer", "%(count)s issues wait for your answer", new
    ) % {"count": new}
    return [
        Waiting("issue_news", news, words, f"{url}?tab=mine", "message-2"),
        Waiting("issues", new, raised, f"{url}?tab=new", "flag"),
    ]


def _programme(actor: Actor) -> list[Waiting]:
    """What only those who run the surveys can settle."""
    if not actor.may(Right.RUN_SURVEYS):
        return []
    held, nobody = held_count(actor), found_nobody_nearer(actor).count()
    return [
        Waiting(
            "held",
            held,
            ngettext(
                "%(count)s answer is held back for you to look at",
                "%(count)s answers are held back for you to look at",
                held,
            )
            % {"count": held},
            reverse("held:list"),
            "shield-check",
        ),
        Waiting(
            "nobody",
            nobody,
            ngettext(
                "%(count)s case found nobody nearer than you",
                "%(count)s cases found nobody nearer than you",
                nobody,
            )
            % {"count": nobody},
            f"{reverse('cases:queue')}?tab={Tab.UNITS.value}",
            "user-off",
        ),
    ]


def nothing_waits() -> str:
    return _("Nothing waits for you today.")
