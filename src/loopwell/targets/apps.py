"""Registers the app targets with Django and its jobs with the worker."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "loopwell.targets"

    def ready(self) -> None:
        from loopwell.targets import jobs  # noqa: F401 registers
