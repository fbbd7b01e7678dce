"""Registers the app insights with Django, its consumer and its jobs."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "loopwell.insights"

    def ready(self) -> None:
        from loopwell.insights import handlers, jobs  # noqa: F401 registers them
