"""Which connections to other systems are there? Every folder beside this file, by itself."""

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "loopwell.integrations"
    label = "integrations"

    def ready(self) -> None:
        from loopwell.integrations.discovery import load_channels

        load_channels()
