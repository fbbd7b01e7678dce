"""Registers the app notify with Django."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "loopwell.notify"

    def ready(self) -> None:
        from loopwell.notify import handlers, jobs, mail  # noqa: F401 registers what they are
