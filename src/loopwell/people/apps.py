"""Registers the app people with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "loopwell.people"

    def ready(self) -> None:
        from loopwell.people import handlers, jobs  # noqa: F401 registers the work
