"""Which messages were written, what became of them, and how does one look?"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from loopwell.access.enums import Right
from loopwell.access.rules import Actor, require
from loopwell.delivery.channels import CHANNELS
from loopwell.delivery.enums import Purpose
from loopwell.delivery.letters import Letter, company_name, mail_for, preview_letter
from loopwell.delivery.models import DomainLimit, Message, Suppression
from loopwell.kit.errors import Forbidden, NotFound
from loopwell.people.models import Customer
from loopwell.sampling.models import Wave

COLLEAGUES = "alarm-"


@dataclass(frozen=True)
class Written:
    """A message as it reads; `from_file`: the very one that was written to the outbox."""

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    from_file: bool


def visible_to(actor: Actor) -> QuerySet[Message]:
    """Messages to customers of the units where the actor runs surveys."""
    if not actor.may(Right.RUN_SURVEYS):
        return Message.objects.none()
    rows = Message.objects.filter(
        actor.within(Right.RUN_SURVEYS).rows("invitation__unit", account="invitation__account")
    )
    return rows.select_related("invitation__customer", "invitation__wave")


def counts_by_state(messages: QuerySet[Message]) -> dict[str, int]:
    return dict(messages.order_by().values_list("state").annotate(count=Count("pk")))


def counts_of_wave(wave: Wave) -> dict[str, int]:
    """Its messages by state, invitations and reminders together."""
    return counts_by_state(Message.objects.filter(invitation__wave=wave))


def message_by_ref(actor: Actor, ref: str) -> Message:
    rows = visible_to(actor).select_related(
        "invitation__customer", "invitation__wave", "invitation__version__survey"
    )
    found = rows.filter(ref=ref).first()
    if found is None:
        raise NotFound(_("There is no such message."))
    return found


def written(message: Message) -> Written:
    """The file in the outbox; without one (mail left by SMTP) the same words, made again with
    links that lead nowhere: nobody but the customer answers for them."""
    path = settings.OUTBOX_DIR / f"{message.ref}.eml"
    if path.is_file():
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        return _read(mail, from_file=True)
    channel = CHANNELS.get(message.channel)
    if channel is not None and channel.address != "email":
        words = channel.words(message, company_name())
        return Written(headers=(("To", message.to),), text=words, html="", from_file=False)
    again = mail_for(message, company_name(), preview=True)
    raw = again.message().as_bytes()
    return _read(message_from_bytes(raw, policy=policy.default), from_file=False)


def _read(mail: EmailMessage, *, from_file: bool) -> Written:
    text, html = mail.get_body(["plain"]), mail.get_body(["html"])
    return Written(
        headers=tuple((name, str(value)) for name, value in mail.items()),
        text=text.get_content() if text else "",
        html=_with_pictures(mail, html.get_content()) if html else "",
        from_file=from_file,
    )


def _with_pictures(mail: EmailMessage, html: str) -> str:
    """Pictures that travel as parts of the mail (the logo), put into the HTML for looking at it."""
    for part in mail.walk():
        if identity := str(part["Content-ID"] or "").strip("<>"):
            content = part.get_payload(decode=True)
            data = b64encode(content if isinstance(content, bytes) else b"").decode()
            uri = f"data:{part.get_content_type()};base64,{data}"
            html = html.replace(f"cid:{identity}", uri)
    return html


@dataclass(frozen=True)
class ToColleague:
    """A mail to one of us (an alarm, say) that was written to the outbox folder."""

    name: str
    subject: str
    to: str
    written_at: datetime


def to_colleagues(actor: Actor, limit: int = 50) -> list[ToColleague]:
    """The newest ones, for those who run surveys for the whole company."""
    if not actor.within(Right.RUN_SURVEYS).everything:
        return []
    files = (
        (path.stat().st_mtime, path) for path in settings.OUTBOX_DIR.glob(f"{COLLEAGUES}*.eml")
    )
    found = []
    for seconds, path in sorted(files, reverse=True)[:limit]:
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        moment = datetime.fromtimestamp(seconds, tz=UTC)
        found.append(ToColleague(path.stem, str(mail["Subject"]), str(mail["To"]), moment))
    return found


def written_to_colleague(actor: Actor, name: str) -> Written:
    """One of `to_colleagues` by its name; nothing else in the folder can be named."""
    if name not in {each.name for each in to_colleagues(actor)}:
        raise NotFound(_("There is no such message."))
    raw = (settings.OUTBOX_DIR / f"{name}.eml").read_bytes()
    return _read(message_from_bytes(raw, policy=policy.default), from_file=True)


def wave_letter(
    wave: Wave, *, language: str, customer: Customer | None, purpose: Purpose
) -> Letter:
    """What this customer would get, with links that lead nowhere."""
    return preview_letter(
        version=wave.version,
        purpose=purpose,
        language=language,
        name=customer.name if customer else "",
        company=company_name(),
    )


def suppressions(actor: Actor, search: str = "") -> QuerySet[Suppression]:
    """Addresses never to use, newest first; they belong to the whole company."""
    require(actor, Right.RUN_SURVEYS)
    if not actor.within(Right.RUN_SURVEYS).everything:
        raise Forbidden(_("The list of addresses never to use is the whole company’s."))
    rows = Suppression.objects.order_by("-at", "-id")
    return rows.filter(address__icontains=search.strip()) if search.strip() else rows


def suppression_by_id(actor: Actor, number: int) -> Suppression:
    found = suppressions(actor).filter(pk=number).first()
    if found is None:
        raise NotFound(_("This address is not on the list any more."))
    return found


def domain_limits(actor: Actor) -> QuerySet[DomainLimit]:
    """How fast mail may go to which provider; it is the whole company's."""
    require(actor, Right.RUN_SURVEYS)
    if not actor.within(Right.RUN_SURVEYS).everything:
        raise Forbidden(_("How fast mail leaves is decided for the whole company."))
    return DomainLimit.objects.order_by("name")
