"""How do waiting messages leave, each at most once, by whichever channel?

Several senders work side by side: each claims a few messages (delivery.waiting), and what
happens to them is written down around every hand-over (delivery.ledger).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from loopwell.delivery.channels import CHANNELS
from loopwell.delivery.enums import State
from loopwell.delivery.holding import Manners
from loopwell.delivery.ledger import LEASE, Ledger
from loopwell.delivery.letters import company_name
from loopwell.delivery.models import Message
from loopwell.delivery.transports import Outcome, Result, Transport, Unreachable
from loopwell.delivery.waiting import Claims, waiting, why_unneeded

UNREACHABLE_PAUSE = timedelta(minutes=1)
MOST_RECONNECTS = 3
LONGEST_HOLD = LEASE / 3
"""After this long what is left of a batch is given back and claimed anew."""
SOON = 0.02
"""Seconds a result may wait to be written down with the next hand-over."""


@dataclass
class Tally:
    """What one run did."""

    sent: int = 0
    failed: int = 0
    later: int = 0
    unsure: int = 0
    skipped: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.failed + self.later + self.unsure + self.skipped

    def count(self, outcome: Outcome) -> None:
        match outcome:
            case Outcome.SENT:
                self.sent += 1
            case Outcome.UNSURE:
                self.unsure += 1
            case Outcome.LATER:
                self.later += 1
            case _:
                self.failed += 1


@dataclass
class Line:
    """The open way out of one channel."""

    transport: Transport
    reconnects: int = 0

    def reconnect(self) -> None:
        self.reconnects += 1
        self.transport.close()
        if self.reconnects > MOST_RECONNECTS:
            raise Unreachable(_("The mail server hung up again and again."))
        self.transport.open()


@dataclass
class Sender:
    """One sender at work. `clock` tells the time, `senders` how many share the allowed speed."""

    clock: Callable[[], datetime]
    keep_on: Callable[[], bool]
    senders: Callable[[], int]
    given: Transport | None = None
    tally: Tally = field(default_factory=Tally)
    lines: dict[str, Line] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    manners: Manners = field(default_factory=Manners)
    company: str = ""
    began: float = 0.0

    def run(self) -> Tally:
        """Until nothing is due, no channel can be used or `keep_on` says no."""
        claims = Claims()
        self.company = company_name()
        try:
            while self.keep_on():
                batch = claims.next(self.clock(), without=[*self.closed])
                if batch is None:
                    break
                self._send(batch)
        finally:
            for line in self.lines.values():
                line.transport.close()
        return self.tally

    def _send(self, batch: list[Message]) -> None:
        ledger = Ledger()
        until = time.monotonic() + LONGEST_HOLD.total_seconds()
        first = True
        try:
            for message in batch:
                if message.channel in self.closed:
                    continue
                if not first and (not self.keep_on() or time.monotonic() > until):
                    break
                first = False
                try:
                    self._one(message, ledger)
                except Unreachable as error:
                    self.closed[message.channel] = str(error)
        finally:
            ledger.close(batch)
            for channel, words in self.closed.items():
                _wait_for_server(channel, self.clock(), words)

    def _one(self, message: Message, ledger: Ledger) -> None:
        """Everything that may have changed since it was claimed is looked at again."""
        line = self._line(message.channel)
        try:
            prepared: Any = CHANNELS[message.channel].write(message, self.company)
        except ValueError as error:  # an address or a header that cannot be written in a mail
            if ledger.hand_over(message, self.clock()):
                self._heard(message, Result(Outcome.REFUSED, str(error)), ledger)
            return
        if line.transport.limited:
            self._keep_pace(ledger)
        if not ledger.hand_over(message, self.clock()):
            self.tally.skipped += _set_aside(message, self.clock())
            return
        result = line.transport.send(prepared, message.ref)
        self._heard(message, result, ledger)
        if result.broken:
            ledger.flush()
            line.reconnect()

    def _heard(self, message: Message, result: Result, ledger: Ledger) -> None:
        self.tally.count(result.outcome)
        self.manners.heard(message, result, self.clock())
        ledger.note(message, result, self.clock())

    def _keep_pace(self, ledger: Ledger) -> None:
        """Waits until the next may leave; what is noted does not wait with it."""
        pause = self.senders() / settings.EMAIL_PER_SECOND - (time.monotonic() - self.began)
        if pause > 0:
            if pause > SOON:
                ledger.flush()
            time.sleep(pause)
        self.began = time.monotonic()

    def _line(self, channel: str) -> Line:
        if channel not in self.lines:
            transport = self.given or CHANNELS[channel].transport()
            transport.open()
            self.lines[channel] = Line(transport)
        return self.lines[channel]


def send_waiting(
    now: datetime,
    *,
    transport: Transport | None = None,
    keep_on: Callable[[], bool] | None = None,
    clock: Callable[[], datetime] | None = None,
    senders: Callable[[], int] | None = None,
) -> Tally:
    """Sends until nothing is due, the server cannot be reached or `keep_on` says no."""
    sender = Sender(
        clock=clock or (lambda: now),
        keep_on=keep_on or (lambda: True),
        senders=senders or (lambda: 1),
        given=transport,
    )
    return sender.run()


def _set_aside(message: Message, now: datetime) -> int:
    """It may not be handed over: not needed any more, paused, or no longer ours. 1 if it will
    never leave."""
    mine = Message.objects.filter(
        pk=message.pk, state=State.SENDING, claimed_at=message.claimed_at, handed_at=None
    )
    fresh = mine.select_related("invitation__programme").first()
    if fresh is None:
        return 0
    reason = why_unneeded([fresh], now).get(fresh.pk)
    if reason is None:
        mine.update(state=State.QUEUED, claimed_at=None)
        return 0
    return mine.update(state=State.SKIPPED, error=reason, claimed_at=None)


def _wait_for_server(channel: str, now: datetime, detail: str) -> None:
    """No message was tried, so none loses an attempt; the page shows what is the matter."""
    first = waiting(now).filter(channel=channel).values_list("pk", flat=True)[:2000]
    Message.objects.filter(pk__in=list(first), state=State.QUEUED).update(
        retry_at=now + UNREACHABLE_PAUSE, error=detail[:2000]
    )
