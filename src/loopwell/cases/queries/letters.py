"""What was written in a case, with which ready words, and may this customer be written to?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor
from loopwell.cases.enums import Change, Direction, Outcome
from loopwell.cases.models import Case, File, Letter, LetterTemplate
from loopwell.cases.queries.scope import visible_to
from loopwell.cases.rules.letters import LetterState, filled_in, state_of
from loopwell.delivery.enums import Reason
from loopwell.delivery.letters import company_name
from loopwell.delivery.models import Suppression
from loopwell.kit.errors import NotFound

# Who wants no more surveys still gets an answer to what they told us.
FORBIDDING = (Reason.BOUNCED, Reason.COMPLAINED, Reason.MANUAL)


@dataclass(frozen=True)
class Written:
    """One letter of the exchange; `other_address`: it came from an address that is not the
    customer's."""

    letter: Letter
    state: LetterState
    other_address: bool
    files: Sequence[File]


@dataclass(frozen=True)
class Filled:
    """A template's words for one case."""

    ref: str
    name: str
    subject: str
    text: str


def letters_of(case: Case, now: datetime) -> Sequence[Written]:
    """The exchange, oldest first, with that of cases merged into this one."""
    rows = Letter.objects.filter(Q(case=case) | Q(case__merged_into=case)).select_related("by")
    known = (case.customer.email or "").lower()
    return [
        Written(
            letter=row,
            state=state_of(
                came=row.direction == Direction.IN,
                claimed_at=row.claimed_at,
                sent_at=row.sent_at,
                failed_at=row.failed_at,
                now=now,
            ),
            other_address=row.direction == Direction.IN and row.address.lower() != known,
            files=list(row.attachments.all()),
        )
        for row in rows.prefetch_related("attachments").order_by("at", "id")
    ]


def letter_of(case: Case, ref: str) -> Letter:
    """For an actor who was shown the case."""
    found = Letter.objects.filter(case=case, ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such letter."))
    return found


def letter_problem(case: Case) -> str:
    """Why nothing may be written to this customer, "" when it may."""
    address = (case.customer.email or "").lower()
    if not address:
        return _("We have no e-mail address of this customer.")
    row = Suppression.objects.filter(address=address, reason__in=FORBIDDING).first()
    if row is None:
        return ""
    return {
        Reason.BOUNCED: _("%(address)s does not exist: mail to it came back."),
        Reason.COMPLAINED: _("%(address)s reported our mail as spam: we write there no more."),
        Reason.MANUAL: _("%(address)s is on the list of addresses that are never used."),
    }[Reason(row.reason)] % {"address": address}


def wants_no_contact(case: Case) -> bool:
    """They said so in an answer or on the phone: a letter needs a second thought."""
    if case.consent_seen is False or (case.response and case.response.contact_consent is False):
        return True
    return (
        case.notes.filter(change=Change.REFUSED).exists()
        or case.attempts.filter(outcome=Outcome.REFUSED).exists()
    )


def letter_language(case: Case) -> str:
    """The customer's, if templates are written in it at all; else the company's."""
    code = case.customer.language.lower().partition("-")[0]
    return code or str(settings.LANGUAGE_CODE)


def templates() -> QuerySet[LetterTemplate]:
    return LetterTemplate.objects.filter(retired_at=None)


def all_templates(actor: Actor) -> QuerySet[LetterTemplate]:
    """Retired ones too, for whoever edits them."""
    if not actor.may(Right.RUN_SURVEYS):
        return LetterTemplate.objects.none()
    return LetterTemplate.objects.all()


def template_by_ref(actor: Actor, ref: str) -> LetterTemplate:
    found = all_templates(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such template."))
    return found


def words_in(template: LetterTemplate, language: str) -> dict[str, str]:
    """Those of the language, else the company's, English, or whichever there are."""
    for code in (language, str(settings.LANGUAGE_CODE), "en", *template.words):
        found = template.words.get(code)
        if found and found.get("text"):
            return {"subject": str(found.get("subject", "")), "text": str(found["text"])}
    return {"subject": "", "text": ""}


def fill_template(template: LetterTemplate, *, case: Case, agent: str, company: str = "") -> Filled:
    """`company` is given by whoever fills many, so that it is looked up once."""
    words = words_in(template, letter_language(case))
    company = company or company_name()
    fields = {
        "customer": case.customer.name,
        "agent": agent,
        "company": company,
        "unit": case.unit.name if case.unit else company,
        "case": case.ref,
    }
    return Filled(
        ref=template.ref,
        name=template.name,
        subject=filled_in(words["subject"], fields).strip()[:300],
        text=filled_in(words["text"], fields),
    )


def troubled_letters(actor: Actor, now: datetime) -> Sequence[Letter]:
    """Ours that did not leave, of cases the actor sees, newest first: for the status page."""
    rows = Letter.objects.filter(direction=Direction.OUT, sent_at=None)
    rows = rows.exclude(failed_at=None).filter(case__in=visible_to(actor))
    return list(rows.select_related("case__customer").order_by("-id")[:50])
