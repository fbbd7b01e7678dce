"""Registers the app initiatives with Django, what it hears and does by the clock."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "loopwell.initiatives"

    def ready(self) -> None:
        from loopwell.initiatives import handlers, jobs  # noqa: F401 registers
