"""How do messages leave through Pigeon, a messenger that takes web requests? An example."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loopwell.delivery.channels import Channel, register
from loopwell.delivery.letters import PREVIEW_TOKEN
from loopwell.delivery.models import Message
from loopwell.delivery.transports import Outcome, Result
from loopwell.kit.outbound import Blocked, Lost, NotReached, Outbound
from loopwell.sampling.links import token_of

ADDRESS = "https://api.pigeon.example/messages"


@dataclass(frozen=True)
class Note:
    """What Pigeon carries."""

    to: str
    text: str


def words(message: Message, company: str, token: str = PREVIEW_TOKEN) -> str:
    return f"{company}: {settings.BASE_URL}/r/{token}/"


def write(message: Message, company: str) -> Note:
    return Note(message.to, words(message, company, token_of(message.invitation.ref)))


class Pigeon:
    limited = True  # keeps to the number of messages a second that the settings allow

    def open(self) -> None:
        self._outbound = Outbound(private=settings.ALLOW_PRIVATE_NETWORKS)

    def send(self, mail: Note, ref: str) -> Result:
        body = json.dumps({"to": mail.to, "text": mail.text, "key": ref}).encode()
        try:
            reply = self._outbound.call("POST", ADDRESS, content=body)
        except (Blocked, NotReached) as error:  # it surely did not leave: later
            return Result(Outcome.LATER, str(error), broken=True)
        except Lost as error:  # perhaps it left: never again
            return Result(Outcome.UNSURE, str(error), broken=True)
        if reply.ok:
            return Result(Outcome.SENT, message_id=json.loads(reply.body)["id"])
        if reply.status == 404:
            return Result(Outcome.BAD_ADDRESS, "Pigeon does not know this number.")
        later = reply.status in (429, 503)
        return Result(Outcome.LATER if later else Outcome.REFUSED, f"{reply.status} {reply.text}")

    def close(self) -> None:
        self._outbound.close()


PIGEON = register(
    Channel(
        name="pigeon",
        label=_("Pigeon"),
        address="phone",
        write=write,
        words=words,
        transport=Pigeon,
        set_up=lambda: True,
        provider=lambda: "Pigeon",
    )
)
