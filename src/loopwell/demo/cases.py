"""What became of the demo company's unhappy customers?"""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from loopwell.demo.causes import PROBLEM_SLUGS
from loopwell.demo.clock import ZONE
from loopwell.demo.comments.phrases import spoken
from loopwell.demo.notes import (
    DONE,
    GAVE_UP,
    LEARNT,
    MISSED,
    MISSED_OUTCOMES,
    REACHED,
    REOPENED,
    SOLVED,
)
from loopwell.demo.records import (
    Account,
    Answer,
    Attempt,
    Case,
    Closure,
    Customer,
    Employee,
    Invitation,
)
from loopwell.demo.units import WEAK

_ZONE = ZoneInfo(ZONE)
TRIES = 4
TO_CALL = 3
CALL_BACK_SHARE = {"call": 0.5, "self-service": 1.0, "relationship": 1.0}
RESOLUTIONS = {"solved": 48, "explained": 30, "compensated": 15, "no-solution": 7}


@dataclass(frozen=True)
class Signal:
    """One answer that opens a case, with all that routing needs."""

    index: int
    answer: Answer
    invitation: Invitation
    customer: Customer
    account: Account | None
    reached: bool


class CaseWriter:
    """Plays the life of each case up to `now`, with its own random stream."""

    def __init__(self, *, draw: random.Random, now: datetime, employees: tuple[Employee, ...]):
        self._draw = draw
        self._now = now
        self._callers = [person.key for person in employees if person.role == "call-back"]
        self._chiefs: dict[str, str] = {}
        for person in employees:  # a supervisor, hired after the manager, takes the cases
            if person.role in {"branch-manager", "supervisor"}:
                self._chiefs[person.unit] = person.key

    def write(self, number: int, signal: Signal) -> Case:
        """The case with this running number."""
        draw, opened = self._draw, signal.answer.answered_at
        owner = self._owner(signal)
        attempts, contact = self._attempts(signal, owner)
        closure = self._closure(signal, owner, attempts, contact)
        reopened, final = self._reopening(signal, owner, closure)
        if closure:
            state = "closed" if reopened is None or final else "reopened"
        else:
            state = "in-work" if contact else "waiting" if attempts else "open"
        return Case(
            key=f"K{number:05d}",
            answer_index=signal.index,
            customer_index=signal.answer.customer_index,
            unit=signal.invitation.unit,
            owner=owner,
            state=state,
            opened_at=opened,
            due_at=_next_working(opened + timedelta(days=1)),
            first_contact_at=contact,
            attempts=attempts,
            closure=closure,
            reopened_at=reopened,
            reopened_because=draw.choice(REOPENED) if reopened else "",
            final_closure=final,
        )

    def shared(self, cases: list[Case]) -> tuple[Case, ...]:
        """The first of the call-back team, as whom newcomers look, has some to call at any hour:
        the newest whom nobody reached are passed on to them."""
        caller, chiefs = self._callers[0], set(self._chiefs.values())
        missing = TO_CALL - sum(case.owner == caller and case.state != "closed" for case in cases)
        shared = list(cases)
        for at in range(len(cases) - 1, -1, -1):
            if missing <= 0:
                break
            if cases[at].state in {"open", "waiting"} and cases[at].owner in chiefs:
                shared[at] = replace(cases[at], owner=caller)
                missing -= 1
        return tuple(shared)

    def _owner(self, signal: Signal) -> str:
        if signal.account:
            return signal.account.owner
        if self._draw.random() < CALL_BACK_SHARE.get(signal.invitation.programme, 0.0):
            return self._draw.choice(self._callers)
        return self._chiefs[signal.invitation.unit]

    def _delay(self, signal: Signal) -> timedelta:
        """Hours mostly; some cases lie for days, more of them in the weak shops."""
        draw = self._draw
        slow = 0.26 if signal.invitation.unit in WEAK else 0.08
        if draw.random() < slow:
            return timedelta(hours=draw.uniform(40, 260))
        return timedelta(hours=min(draw.lognormvariate(1.6, 0.9), 30.0))

    def _attempts(self, signal: Signal, owner: str) -> tuple[tuple[Attempt, ...], datetime | None]:
        draw, attempts = self._draw, []
        wins = draw.choices(range(TRIES), (58, 25, 11, 6))[0] if signal.reached else TRIES
        at = _next_working(signal.answer.answered_at + self._delay(signal))
        for place in range(TRIES):
            if at > self._now:
                break
            if place == wins:
                note = spoken(draw, draw.choice(REACHED), "m")
                attempts.append(Attempt(at, owner, "reached", note))
                return tuple(attempts), at
            miss = draw.randrange(len(MISSED))
            attempts.append(Attempt(at, owner, MISSED_OUTCOMES[miss], MISSED[miss]))
            at = _next_working(at + timedelta(hours=24 + draw.choice((-4, -2, 2, 3, 5))))
        return tuple(attempts), None

    def _closure(
        self, signal: Signal, owner: str, attempts: tuple[Attempt, ...], contact: datetime | None
    ) -> Closure | None:
        draw = self._draw
        if contact is None:
            if len(attempts) < TRIES:
                return None
            at = attempts[-1].at + timedelta(minutes=draw.randint(2, 50))
            return self._if_past(Closure(at, owner, "not-reached", (), "", GAVE_UP, 0.0))
        hours = draw.uniform(0.1, 0.6) if draw.random() < 0.66 else draw.uniform(20, 220)
        at = contact + timedelta(hours=hours)
        at = at if hours < 1 else _next_working(at)
        return self._if_past(self._outcome(signal, owner, at))

    def _outcome(self, signal: Signal, owner: str, at: datetime) -> Closure:
        draw = self._draw
        resolution = draw.choices(tuple(RESOLUTIONS), tuple(RESOLUTIONS.values()))[0]
        causes = self._causes(signal.answer.causes)
        main = causes[0][0]
        done = SOLVED[main] if resolution == "solved" else DONE[resolution]
        return Closure(
            at=at,
            by=owner,
            resolution=resolution,
            causes=causes,
            learnt=spoken(draw, draw.choice(LEARNT[main]), "m"),
            done=spoken(draw, draw.choice(done), "m"),
            compensation=float(draw.choice((5, 10, 10, 15, 20, 30)))
            if resolution == "compensated"
            else 0.0,
        )

    def _causes(self, written: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
        """What the interviewer found: mostly what was written, sometimes more or else."""
        draw = self._draw
        found = [slug for slug in written if slug in PROBLEM_SLUGS]
        if not found or draw.random() < 0.08:
            found = [draw.choice(PROBLEM_SLUGS)]
        if len(found) == 1 and draw.random() < 0.14:
            other = draw.choice(PROBLEM_SLUGS)
            found += [other] if other != found[0] else []
        return ((found[0], 1.0),) if len(found) == 1 else ((found[0], 0.7), (found[1], 0.3))

    def _reopening(
        self, signal: Signal, owner: str, closure: Closure | None
    ) -> tuple[datetime | None, Closure | None]:
        draw = self._draw
        if closure is None or not closure.causes:
            return None, None
        fresh = self._now - closure.at < timedelta(days=20)
        if draw.random() > (0.15 if fresh else 0.03):
            return None, None
        again = _next_working(closure.at + timedelta(days=draw.uniform(1, 16)))
        if again > self._now:
            return None, None
        at = _next_working(again + timedelta(hours=draw.uniform(3, 120)))
        return again, self._if_past(self._outcome(signal, owner, at))

    def _if_past(self, closure: Closure) -> Closure | None:
        return closure if closure.at <= self._now else None


def _next_working(at: datetime) -> datetime:
    """The same moment if it is a weekday between 9 and 18 local time, else the next morning."""
    local = at.astimezone(_ZONE)
    if local.hour >= 18:
        local = (local + timedelta(days=1)).replace(hour=9, minute=local.minute // 2)
    elif local.hour < 9:
        local = local.replace(hour=9, minute=local.minute // 2)
    while local.weekday() >= 5:
        local = (local + timedelta(days=1)).replace(hour=9 + local.minute % 3)
    return local.astimezone(at.tzinfo)
