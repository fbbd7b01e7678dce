"""How is a language model called by the protocol that most of them speak (chat/completions)?"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from loopwell.kit.errors import ExpectedError
from loopwell.kit.outbound import Blocked, Lost, NotReached, Outbound, Reply

SECONDS = 60.0
WAITS = (2.0, 8.0, 30.0)
"""Before it is tried again when the other side is busy or cannot be reached."""
BUSY = frozenset({408, 409, 425, 429})


class CoderFailed(ExpectedError):
    """The language model gave no answer that can be read; the text says why."""

    status = 502


class Endpoint:
    """One company's way to its model; close it when done."""

    def __init__(
        self, *, url: str, key: str, model: str, private: bool, pause: Callable[[float], None]
    ) -> None:
        base = url.strip().rstrip("/")
        self._url = base if base.endswith("/chat/completions") else f"{base}/chat/completions"
        self._headers = {"Content-Type": "application/json"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._model = model
        self._pause = pause
        self._outbound = Outbound(private=private, seconds=SECONDS)
        self._asks_for_json = True

    def ask(self, messages: Sequence[dict[str, str]]) -> str:
        """What the model says; raises CoderFailed."""
        reply = self._reply(messages)
        if reply.status in (400, 422) and self._asks_for_json:
            self._asks_for_json = False  # not every server knows the wish for plain JSON
            reply = self._reply(messages)
        if not reply.ok:
            raise CoderFailed(_refusal(reply))
        return _content(reply)

    def close(self) -> None:
        self._outbound.close()

    def _reply(self, messages: Sequence[dict[str, str]]) -> Reply:
        body: dict[str, Any] = {"model": self._model, "temperature": 0, "messages": messages}
        if self._asks_for_json:
            body["response_format"] = {"type": "json_object"}
        content = json.dumps(body).encode()
        for wait in WAITS:
            reply = self._tried(content)
            if isinstance(reply, Reply) and reply.status not in BUSY and reply.status < 500:
                return reply
            self._pause(wait)
        reply = self._tried(content)
        if isinstance(reply, Reply):
            return reply
        raise CoderFailed(_("The language model cannot be reached: %s") % reply) from reply

    def _tried(self, content: bytes) -> Reply | Exception:
        """Reading a comment twice does no harm, so a lost answer is asked for again."""
        try:
            return self._outbound.call("POST", self._url, headers=self._headers, content=content)
        except Blocked as error:
            raise CoderFailed(str(error)) from error
        except (NotReached, Lost) as error:
            return error


def _refusal(reply: Reply) -> str:
    facts = {"status": reply.status, "text": reply.text[:200]}
    if reply.status in (401, 403):
        return _("The language model refused the key (%(status)s): see LOOPWELL_CODER_KEY.") % facts
    if reply.status == 404:
        return (
            _(
                "There is no such model at this address (%(status)s): see LOOPWELL_CODER_URL and "
                "LOOPWELL_CODER_MODEL. It said: %(text)s"
            )
            % facts
        )
    if reply.status == 429:
        return _("The language model takes no more questions for now (%(status)s).") % facts
    return _("The language model refused (%(status)s): %(text)s") % facts


def _content(reply: Reply) -> str:
    try:
        found = json.loads(reply.text)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        found = None
    if not isinstance(found, str):
        raise CoderFailed(
            _("What answered is no language model of the expected kind: %s") % reply.text[:200]
        )
    return found
