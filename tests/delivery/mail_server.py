"""A real SMTP server on loopback that can refuse, stall or hang up."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings


@dataclass
class Mailbox:
    """What arrived; `refuse` maps an address to the server's reply, `hang_up_at` a step."""

    refuse: dict[str, str] = field(default_factory=dict)
    refuse_sender: str = ""
    hang_up_at: str = ""
    raw: list[bytes] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    connections: int = 0

    @property
    def mails(self) -> list[EmailMessage]:
        return [
            message_from_bytes(each, policy=policy.default)  # type: ignore[misc]
            for each in self.raw
        ]

    async def handle_EHLO(  # noqa: N802 aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, name: str, replies: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = name  # type: ignore[assignment]
        return replies

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if self.refuse_sender:
            return self.refuse_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if self.hang_up_at == "rcpt":
            self.hang_up_at = ""
            server.transport.abort()  # type: ignore[union-attr]
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.raw.append(content)
        self.to += envelope.rcpt_tos
        if self.hang_up_at == "data":
            self.hang_up_at = ""
            server.transport.abort()  # type: ignore[union-attr]
        return "250 OK"


@contextmanager
def mail_server(**wishes: Any) -> Iterator[Mailbox]:
    """Messages of this block leave through it."""
    box = Mailbox(**wishes)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with override_settings(
            EMAIL_TO_FILES=False,
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=port,
            EMAIL_PER_SECOND=1000,
            EMAIL_TIMEOUT=5,
        ):
            yield box
    finally:
        controller.stop()
