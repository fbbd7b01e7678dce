"""How does a text leave through any gateway that takes a web request?

The company says how: address, method, headers, body and what the answer must contain. What the
gateway surely did not take is tried again; what it may have taken never is.
"""

import json
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from loopwell.delivery.transports import Outcome, Result, Unreachable
from loopwell.integrations.sms.text import Text
from loopwell.kit.outbound import Blocked, Lost, NotReached, Outbound, Reply, check

LATER = (429, 503)
OUR_FAULT = (401, 402, 403, 404, 405)
"""Credentials, credit or address are wrong: no message's own fault, so all of them wait."""


class HttpGateway:
    """One SMS gateway, called once a text."""

    limited = True

    def __init__(self) -> None:
        self._outbound: Outbound | None = None

    def open(self) -> None:
        private = settings.ALLOW_PRIVATE_NETWORKS
        try:
            check(settings.SMS_URL.replace("{", "").replace("}", ""), private=private)
        except Blocked as error:
            raise Unreachable(str(error)) from error
        self._outbound = Outbound(private=private)

    def send(self, mail: Text, ref: str) -> Result:
        if self._outbound is None:
            return Result(Outcome.LATER, "not connected", broken=True)
        values = {"to": mail.to, "text": mail.text, "ref": ref}
        body = settings.SMS_BODY
        is_json = body.lstrip().startswith(("{", "["))
        kind = "application/json" if is_json else "application/x-www-form-urlencoded"
        try:
            reply = self._outbound.call(
                settings.SMS_METHOD,
                put_in(settings.SMS_URL, values, _for_url),
                headers={"Content-Type": kind, **settings.SMS_HEADERS},
                content=None
                if settings.SMS_METHOD == "GET"
                else put_in(body, values, _for_json if is_json else _for_url).encode(),
            )
        except (Blocked, NotReached) as error:
            return Result(Outcome.LATER, str(error), broken=True)
        except Lost as error:
            return Result(Outcome.UNSURE, str(error), broken=True)
        return judged(reply, settings.SMS_SUCCESS, settings.SMS_ID)

    def close(self) -> None:
        if self._outbound is not None:
            self._outbound.close()
            self._outbound = None


def put_in(template: str, values: dict[str, str], dress: Any) -> str:
    """The values where the template names them; nothing in a value is read as a name."""
    parts = template.split("{")
    done = [parts[0]]
    for part in parts[1:]:
        name, brace, rest = part.partition("}")
        known = brace and name in values
        done.append(f"{dress(values[name])}{rest}" if known else f"{{{part}")
    return "".join(done)


def _for_url(value: str) -> str:
    return quote(value, safe="")


def _for_json(value: str) -> str:
    return json.dumps(value)[1:-1]


def judged(reply: Reply, success: str, id_at: str) -> Result:
    """What the gateway's answer means for the text."""
    detail = f"{reply.status} {reply.text[:300]}".strip()
    if reply.ok:
        said = _json(reply)
        if success and not is_success(said, success):
            return Result(Outcome.REFUSED, detail)
        found = at(said, id_at) if id_at else None
        return Result(Outcome.SENT, message_id="" if found is None else str(found)[:200])
    if reply.status in LATER:
        return Result(Outcome.LATER, detail)
    if reply.status in OUR_FAULT:
        return Result(Outcome.LATER, detail, broken=True)
    if reply.status >= 500:
        return Result(Outcome.UNSURE, detail)
    if reply.status < 400:
        detail = _("The gateway sends us elsewhere (%(status)d): correct its address.")
        return Result(Outcome.LATER, detail % {"status": reply.status}, broken=True)
    return Result(Outcome.REFUSED, detail)


def is_success(said: Any, wanted: str) -> bool:
    """`wanted` is place=value, such as messages.0.status=0."""
    place, _equals, value = wanted.partition("=")
    found = at(said, place.strip())
    found = json.dumps(found) if isinstance(found, bool) else found
    return found is not None and str(found) == value.strip()


def at(said: Any, place: str) -> Any:
    """What stands at a.0.b, None where nothing does."""
    for step in place.split("."):
        if isinstance(said, list) and step.isdigit() and int(step) < len(said):
            said = said[int(step)]
        elif isinstance(said, dict) and step in said:
            said = said[step]
        else:
            return None
    return said


def _json(reply: Reply) -> Any:
    try:
        return json.loads(reply.body)
    except ValueError:
        return None
