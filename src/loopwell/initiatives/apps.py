"""Registers the app initiatives with Django, its jobs with the clock."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "loopwell.initiatives"

    def ready(self) -> None:
        from loopwell.initiatives import jobs  # noqa: F401 registers
