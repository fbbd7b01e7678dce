"""Registers the app themes with Django."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "loopwell.themes"

    def ready(self) -> None:
        from loopwell.themes import handlers, importing, jobs  # noqa: F401 they register themselves
