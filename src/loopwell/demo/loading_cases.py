"""How do the demo company's cases, with everything that was done about them, get in?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from loopwell.access.models import User
from loopwell.cases.enums import Outcome, Result, Route
from loopwell.cases.models import Assignment, Attempt, Case, Closure, Reopening, Rule
from loopwell.demo import records
from loopwell.demo.loading_asked import Asked
from loopwell.demo.loading_people import People
from loopwell.journal.models import Entry
from loopwell.kit.bulk import insert
from loopwell.themes.enums import MentionSource, ThemeKind
from loopwell.themes.models import Mention, Theme

OUTCOMES = {
    "reached": Outcome.REACHED,
    "not-reached": Outcome.NO_ANSWER,
    "busy": Outcome.BUSY,
    "wrong-number": Outcome.WRONG_NUMBER,
    "call-later": Outcome.REACHED,
}
RESULTS = {
    "solved": Result.SOLVED,
    "explained": Result.EXPLAINED,
    "compensated": Result.SOLVED,
    "no-solution": Result.PASSED_ON,
    "not-reached": Result.UNREACHABLE,
}


def load_cases(company: records.Company, people: People, asked: Asked) -> None:
    themes = _themes(company)
    rule = Rule.objects.values_list("pk", flat=True).first()
    cases = Case.objects.bulk_create(
        [_case(company, people, asked, rule, each) for each in company.cases], batch_size=2000
    )
    work = list(zip((case.pk for case in cases), company.cases, strict=True))
    told = [
        Told("case.opened", each.opened_at, None, pk, {"score": case.score or 0})
        for case, (pk, each) in zip(cases, work, strict=True)
    ]
    told += _work(work, people.employees)
    Assignment.objects.bulk_create(
        (
            Assignment(
                case_id=pk,
                owner_id=people.employees[c.owner],
                by="system",
                at=c.opened_at,
                route=Route.UNIT_MANAGER,
            )
            for pk, c in work
        ),
        batch_size=2000,
    )
    Mention.objects.bulk_create(_mentions(asked, themes, company.cases), batch_size=2000)
    refs = dict(User.objects.filter(is_demo=True).values_list("pk", "ref"))
    insert(
        Entry,
        ("type", "at", "actor", "subject", "subject_id", "payload"),
        (
            (
                each.type,
                each.at,
                f"user:{refs[each.by]}" if each.by else "system",
                "case",
                each.case,
                each.payload,
            )
            for each in sorted(told, key=lambda told: told.at)
        ),
    )


@dataclass(frozen=True)
class Told:
    """What the journal says of a case; `by` is a user's primary key, None for Loopwell."""

    type: str
    at: datetime
    by: int | None
    case: int
    payload: dict[str, int | str]


def _work(work: list[tuple[int, records.Case]], staff: dict[str, int]) -> list[Told]:
    """Attempts, closures and reopenings, and their journal entries."""
    attempts = Attempt.objects.bulk_create(
        (
            Attempt(
                case_id=pk, outcome=OUTCOMES[a.outcome], note=a.note, by_id=staff[a.by], at=a.at
            )
            for pk, c in work
            for a in c.attempts
        ),
        batch_size=2000,
    )
    closures = Closure.objects.bulk_create(
        (
            Closure(
                case_id=pk,
                result=RESULTS[closure.resolution],
                learnt=closure.learnt,
                resolution=closure.done,
                by_id=staff[closure.by],
                at=closure.at,
            )
            for pk, c in work
            for closure in (c.closure, c.final_closure)
            if closure is not None
        ),
        batch_size=2000,
    )
    reopenings = Reopening.objects.bulk_create(
        Reopening(
            case_id=pk, reason=c.reopened_because[:300], by_id=staff[c.owner], at=c.reopened_at
        )
        for pk, c in work
        if c.reopened_at is not None
    )
    return [
        *(_told("attempted", a, attempt=a.pk, outcome=str(a.outcome)) for a in attempts),
        *(_told("closed", c, closure=c.pk, result=str(c.result)) for c in closures),
        *(_told("reopened", r, reopening=r.pk) for r in reopenings),
    ]


def _told(what: str, row: Attempt | Closure | Reopening, **payload: int | str) -> Told:
    """The journal's words on it, with the same payload as the operations write."""
    return Told(f"case.{what}", row.at, row.by_id, row.case_id, payload)


def _themes(company: records.Company) -> dict[str, int]:
    """The company's causes; those of the short list that is there already are kept."""
    for position, cause in enumerate(company.causes, start=1):
        names = {code: getattr(cause.names, code) for code in ("en", "ru", "uk", "pl")}
        kind = ThemeKind(cause.kind) if cause.kind else ThemeKind.DELIGHT
        Theme.objects.get_or_create(
            slug=cause.slug,
            defaults={"names": names, "kind": kind, "position": 200 + position, "is_demo": True},
        )
    return dict(Theme.objects.values_list("slug", "pk"))


def _case(
    company: records.Company, people: People, asked: Asked, rule: int | None, each: records.Case
) -> Case:
    answer = company.answers[each.answer_index]
    account = company.customers[each.customer_index].account_index
    closed = each.final_closure or (each.closure if each.state == "closed" else None)
    return Case(
        response_id=asked.responses[each.answer_index],
        customer_id=people.customers[each.customer_index],
        account_id=None if account is None else people.accounts[account],
        unit_id=people.units[each.unit],
        rule_id=rule,
        owner_id=people.employees[each.owner],
        score=answer.score,
        comment_seen=bool(answer.comment),
        consent_seen=answer.may_contact,
        opened_at=each.opened_at,
        due_at=each.due_at,
        next_step_at=_next_step(each),
        reached_at=each.first_contact_at,
        closed_at=closed.at if closed else None,
    )


def _next_step(each: records.Case) -> datetime:
    """As after the last attempt: another hour of the next day; before any, the due time."""
    if each.state == "waiting" and each.attempts:
        return each.attempts[-1].at + timedelta(days=1, hours=2)
    return each.due_at


def _mentions(
    asked: Asked, themes: dict[str, int], cases: tuple[records.Case, ...]
) -> Iterator[Mention]:
    for each in cases:
        closure = each.final_closure or each.closure
        if closure is None or not closure.causes:
            continue
        left = Decimal(100)
        for place, (slug, share) in enumerate(closure.causes):
            last = place == len(closure.causes) - 1
            weight = left if last else Decimal(round(share * 100))
            left -= weight
            yield Mention(
                response_id=asked.responses[each.answer_index],
                theme_id=themes[slug],
                source=MentionSource.INTERVIEWER,
                weight=weight,
                at=closure.at,
            )
