"""Registers the app cases with Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "loopwell.cases"

    def ready(self) -> None:
        from loopwell.cases import contact, handlers  # noqa: F401 registers exclusions and consumer
