"""How does a text leave through Twilio, and what do its answers mean?"""

import base64
import json
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlencode

from django.conf import settings

from loopwell.delivery.transports import Outcome, Result
from loopwell.integrations.sms.text import Text
from loopwell.kit.outbound import Blocked, Lost, NotReached, Outbound, Reply

API = "https://api.twilio.com"
NOBODY = frozenset({21211, 21214, 21217, 21610, 21612, 21614, 30004, 30005, 30006})
"""Numbers that cannot or must not be texted (21610: replied STOP)."""


@dataclass(frozen=True)
class Account:
    """From LOOPWELL_SMS_URL: twilio://SID:token@sender."""

    sid: str
    token: str
    sender: str


def account() -> Account:
    who, _at, sender = str(settings.SMS_URL).removeprefix("twilio://").rpartition("@")
    sid, _colon, token = who.partition(":")
    return Account(unquote(sid), unquote(token), unquote(sender).strip("/"))


def status_address(ref: str) -> str:
    return f"{settings.BASE_URL}/hooks/twilio/status/?{urlencode({'ref': ref})}"


class Twilio:
    """One account, called once a text."""

    limited = True

    def __init__(self) -> None:
        self._outbound: Outbound | None = None
        self._account = account()

    def open(self) -> None:
        self._outbound = Outbound(private=settings.ALLOW_PRIVATE_NETWORKS)

    def send(self, mail: Text, ref: str) -> Result:
        if self._outbound is None:
            return Result(Outcome.LATER, "not connected", broken=True)
        mine = self._account
        service = mine.sender.startswith("MG")
        fields = {
            "To": mail.to,
            "MessagingServiceSid" if service else "From": mine.sender,
            "Body": mail.text,
        }
        if settings.BASE_URL.startswith("https://"):  # Twilio cannot call this machine otherwise
            fields["StatusCallback"] = status_address(ref)
        key = base64.b64encode(f"{mine.sid}:{mine.token}".encode()).decode()
        try:
            reply = self._outbound.call(
                "POST",
                f"{API}/2010-04-01/Accounts/{quote(mine.sid, safe='')}/Messages.json",
                headers={
                    "Authorization": f"Basic {key}",
                    "Content-Type": "application/x-www-form-urlencoded",
                },
                content=urlencode(fields).encode(),
            )
        except (Blocked, NotReached) as error:
            return Result(Outcome.LATER, str(error), broken=True)
        except Lost as error:
            return Result(Outcome.UNSURE, str(error), broken=True)
        return judged(reply)

    def close(self) -> None:
        if self._outbound is not None:
            self._outbound.close()
            self._outbound = None


def judged(reply: Reply) -> Result:
    try:
        said = json.loads(reply.body)
    except ValueError:
        said = {}
    said = said if isinstance(said, dict) else {}
    if reply.ok:
        return Result(Outcome.SENT, message_id=str(said.get("sid") or "")[:200])
    detail = f"{reply.status} {said.get('code') or ''} {said.get('message') or ''}".strip()
    if said.get("code") in NOBODY:
        return Result(Outcome.BAD_ADDRESS, detail)
    if reply.status in (429, 503):
        return Result(Outcome.LATER, detail)
    if reply.status in (401, 403, 404):
        return Result(Outcome.LATER, detail, broken=True)
    if reply.status >= 500:
        return Result(Outcome.UNSURE, detail)
    return Result(Outcome.REFUSED, detail)
