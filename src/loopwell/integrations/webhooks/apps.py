"""Registers the webhooks with Django."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "loopwell.integrations.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from loopwell.integrations.webhooks import handlers, jobs  # noqa: F401 registers them
