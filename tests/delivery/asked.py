"""A launched sending with its messages waiting, for tests."""

from datetime import datetime

from loopwell.delivery.models import Message
from loopwell.jobs.running import run_all
from loopwell.journal.reading import consume_all
from loopwell.people.models import Customer
from loopwell.sampling import operations
from loopwell.sampling.models import Wave
from loopwell.sampling.rules import CustomerFilter
from loopwell.surveys.models import Version
from loopwell.surveys.wording import WORDING
from tests import factories
from tests.conftest import Company

TEXTS = {code: words["relationship"] for code, words in WORDING.items()}


def published() -> Version:
    return factories.version(texts=TEXTS)


def launched(company: Company, now: datetime, *customers: Customer, **fields: object) -> Wave:
    """Customers (else three) are asked; their messages wait."""
    for number in range(0 if customers else 3):
        factories.customer(email=f"c{number}@mail.example", name=f"Customer {number}")
    alice = company.actor("alice")
    wave = operations.plan_wave(
        actor=alice,
        name="Spring",
        survey=published().survey,
        wanted=CustomerFilter(),
        now=now,
        **fields,  # type: ignore[arg-type]  # the operation's own keywords
    )
    operations.launch_wave(actor=alice, wave=wave, now=now)
    run_all(now)
    consume_all(now=now)
    return wave


def states(wave: Wave) -> list[str]:
    rows = Message.objects.filter(invitation__wave=wave, purpose="invitation").order_by("to")
    return list(rows.values_list("state", flat=True))
