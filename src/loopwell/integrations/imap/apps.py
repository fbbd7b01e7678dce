"""Registers the mailbox for replies with Django."""

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    name = "loopwell.integrations.imap"
    label = "imap"

    def ready(self) -> None:
        from loopwell.integrations.imap import jobs  # noqa: F401 registers the work
