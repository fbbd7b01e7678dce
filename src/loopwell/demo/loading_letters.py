"""What did the demo company write to its customers from cases, and what did they answer?"""

from datetime import datetime, timedelta

from loopwell.cases.enums import Direction
from loopwell.cases.models import Case, Letter, LetterTemplate
from loopwell.cases.operations.receiving import take_mail
from loopwell.cases.queries.letters import fill_template
from loopwell.cases.rules.letters import message_id_of
from loopwell.kit.ids import new_ref

DOMAIN = "mail.demo.example"
REPLY = "Thank you for writing. Tomorrow after four suits me, the same number as last time."
STRAYS = (
    ("Nina Petrenko", "A question about my invoice", "Whom do I ask about invoice 4471?"),
    ("Partner news", "Our autumn catalogue", "Forty pages of novelties, only this week."),
)


def load_letters(now: datetime) -> None:
    """Of the newest cases some have an exchange, one a letter that did not leave."""
    template = LetterTemplate.objects.filter(purpose="unreachable").first()
    rows = Case.objects.filter(customer__is_demo=True, customer__email__isnull=False)
    cases = rows.select_related("customer", "unit", "owner").order_by("-opened_at")[:12]
    made = []
    for number, case in enumerate(cases if template else ()):
        at = min(case.opened_at + timedelta(hours=20), now - timedelta(minutes=30))
        words = fill_template(template, case=case, agent=str(case.owner or ""))  # type: ignore[arg-type]  # there is one
        ref = new_ref()
        broken = number == 1
        made.append(
            Letter(
                ref=ref,
                case=case,
                direction=Direction.OUT,
                address=case.customer.email or "",
                subject=words.subject,
                text=words.text,
                purpose="unreachable",
                message_id=message_id_of(ref),
                by=case.owner,
                at=at,
                claimed_at=None if broken else at,
                sent_at=None if broken else at + timedelta(seconds=2),
                failed_at=at + timedelta(minutes=1) if broken else None,
                error="550 5.2.2 mailbox full" if broken else "",
            )
        )
        if number % 3 == 0:
            made.append(_reply(case, words.subject, words.text, at + timedelta(minutes=20)))
    Letter.objects.bulk_create(made)
    for number, (who, subject, text) in enumerate(STRAYS):
        raw = (
            f"From: {who} <stranger{number}@{DOMAIN}>\r\nSubject: {subject}\r\n"
            f"Message-ID: <stray{number}@{DOMAIN}>\r\n\r\n{text}\r\n"
        )
        take_mail(raw=raw.encode(), now=now)


def _reply(case: Case, subject: str, quoted: str, at: datetime) -> Letter:
    return Letter(
        case=case,
        direction=Direction.IN,
        address=case.customer.email or "",
        subject=f"Re: {subject}"[:300],
        text=REPLY,
        quoted="\n".join(f"> {line}" for line in quoted.split("\n")),
        message_id=f"<reply.{new_ref()}@{DOMAIN}>",
        at=at,
    )
