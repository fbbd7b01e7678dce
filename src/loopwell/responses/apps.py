"""Registers the app responses with Django."""

from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "loopwell.responses"

    def ready(self) -> None:
        from loopwell.responses import devices  # noqa: F401 registers what forgets them
        from loopwell.responses.historic import work  # noqa: F401 registers the job
