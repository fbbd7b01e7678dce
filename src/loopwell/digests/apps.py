"""Registers the app digests with Django, and its jobs."""

from django.apps import AppConfig


class DigestsConfig(AppConfig):
    name = "loopwell.digests"

    def ready(self) -> None:
        from loopwell.digests import jobs  # noqa: F401 registers them
