"""Registers the app promoters with Django."""

from django.apps import AppConfig


class PromotersConfig(AppConfig):
    name = "loopwell.promoters"

    def ready(self) -> None:
        from loopwell.promoters import contact, handlers  # noqa: F401 registers exclusion, consumer
