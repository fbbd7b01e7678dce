"""Registers the app sampling with Django."""

from django.apps import AppConfig


class SamplingConfig(AppConfig):
    name = "loopwell.sampling"

    def ready(self) -> None:
        from loopwell.sampling import jobs  # noqa: F401 registers its work
