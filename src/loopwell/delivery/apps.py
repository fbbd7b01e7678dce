"""Registers the app delivery with Django."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "loopwell.delivery"

    def ready(self) -> None:
        from loopwell.delivery import handlers, jobs, rules  # noqa: F401 registers them
