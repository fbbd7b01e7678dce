"""Registers the app journal with Django."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "loopwell.journal"

    def ready(self) -> None:
        from loopwell.journal import auditing

        auditing.start()
