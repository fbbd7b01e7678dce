"""How is it kept what was decided to do first, and why?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.initiatives.models import Decision
from loopwell.initiatives.operations.claiming import refuse, tell
from loopwell.initiatives.queries.priorities import Asked, as_record, priorities
from loopwell.initiatives.queries.seeing import may_decide
from loopwell.journal.operations import append
from loopwell.journal.rules import Event
from loopwell.kit.errors import Forbidden


@dataclass(frozen=True)
class DecisionDraft:
    """`chosen` are references of what shall be done; the ranking is kept as `asked` shows it."""

    what: str
    why: str
    chosen: Sequence[str]
    asked: Asked


@transaction.atomic
def record_decision(*, actor: Actor, now: datetime, draft: DecisionDraft) -> Decision:
    """Says what was decided; each initiative chosen is approved on its own page."""
    require(actor, Right.SET_TARGETS)
    if not may_decide(actor):
        raise Forbidden(_("This is decided by executives and those who run the programme."))
    seen = priorities(actor, draft.asked)
    known = {row.ref: row for row in seen.rows.values()}
    fields = {}
    if not draft.what.strip():
        fields["what"] = [_("Say what was decided.")]
    if not draft.why.strip():
        fields["why"] = [_("Say why.")]
    if any(ref not in known for ref in draft.chosen):
        fields["chosen"] = [_("Something chosen is no longer waiting: look at the list again.")]
    refuse(fields)
    made = Decision.objects.create(
        what=draft.what.strip()[:300], why=draft.why.strip(), budget=draft.asked.budget,
        currency=draft.asked.currency, seen=as_record(seen), by_id=actor.user_id, at=now,
    )  # fmt: skip
    chosen = [known[ref] for ref in dict.fromkeys(draft.chosen)]
    made.chosen.set(chosen)
    append(
        actor=actor,
        now=now,
        events=[Event("initiatives.decided", "decision", made.pk, {"what": made.what})],
    )
    for row in chosen:
        tell(actor, now, row, "chosen", [row.owner_id], decision=made.pk)
    return made
