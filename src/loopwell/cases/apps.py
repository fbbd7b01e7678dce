"""Registers the app cases with Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "loopwell.cases"

    def ready(self) -> None:
        from loopwell.cases import (  # noqa: F401 registers exclusions, bytes, consumers and ticks
            bulk_job,
            contact,
            filing,
            handlers,
            jobs,
        )
