"""What do the demo company's people say to each other in their cases, and which became one?"""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db.models import Exists, OuterRef

from loopwell.access.models import User
from loopwell.access.queries import actor_for
from loopwell.access.rules import SYSTEM
from loopwell.cases.models import Case
from loopwell.cases.operations import add_file, look_at, merge_cases, reopen_case, write_remark
from loopwell.cases.queries import possible_owners
from loopwell.cases.queries.talk import people_who_see

NOTES = (
    "@{name} the customer asked for you by name: you helped them last spring.",
    "I know this one: the second courier in a month who did not ring. @{name}, tell dispatch.",
    "Do not call before noon, they work nights.",
    "@{name} before you call: the refund went out this morning, it is on their account tomorrow.",
    "They wrote to the shop as well. I answered that they will be called today.",
    "@{name} if they want to leave, offer the yearly plan: I approve it.",
)
FILE = (
    "courier.txt",
    "Courier's log\n09:40 at the door, nobody opened\n09:43 left without a call\n"
    "14:10 parcel back in the store\n",
)


def load_talk(now: datetime) -> None:
    """On open cases that somebody has, so that whoever opens the demo finds a conversation."""
    rows = Case.objects.filter(closed_at=None, customer__is_demo=True, owner__isnull=False)
    cases = list(rows.select_related("unit", "account", "owner").order_by("-opened_at")[:6])
    for place, (case, text) in enumerate(zip(cases, NOTES, strict=False)):
        by = _colleague(case)
        if by is None or case.owner is None:
            continue
        at = max(case.opened_at, now - timedelta(hours=5 - place))
        write_remark(actor=actor_for(by), now=at, case=case, text=text.format(name=case.owner))
        if place < 2:
            name, content = FILE
            bytes_of = ContentFile(content.encode(), name=name)
            add_file(actor=actor_for(case.owner), now=at, case=case, upload=bytes_of)
        if place == 0:
            look_at(actor=actor_for(by), now=now, case=case)
    _merge(now)


def _colleague(case: Case) -> User | None:
    """Somebody else who could work on it and sees it already, the nearest by name."""
    able = possible_owners(case).filter(pk__in=people_who_see(case).values("pk"))
    return able.exclude(pk=case.owner_id or 0).first()


def _merge(now: datetime) -> None:
    """The newest case of a customer who had one before: that one is opened again and joins it."""
    before = {"customer": OuterRef("customer"), "opened_at__lt": OuterRef("opened_at")}
    earlier = Case.objects.filter(**before)
    rows = Case.objects.filter(Exists(earlier), customer__is_demo=True).order_by("-opened_at")
    kept = rows.first()
    if kept is None:
        return
    other = Case.objects.filter(customer=kept.customer_id).exclude(pk=kept.pk).earliest("opened_at")
    at = now - timedelta(hours=2)
    for case in (kept, other):
        if case.closed_at is not None:
            said = "The customer answered again."
            reopen_case(actor=SYSTEM, now=at, case=case, version=case.version, reason=said)
            case.refresh_from_db()
    merge_cases(actor=SYSTEM, now=at, kept=kept, version=kept.version,
                other=other, other_version=other.version)  # fmt: skip
