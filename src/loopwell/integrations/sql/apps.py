"""Registers the SQL sources with Django."""

from django.apps import AppConfig


class SqlSourcesConfig(AppConfig):
    name = "loopwell.integrations.sql"
    label = "sql_sources"

    def ready(self) -> None:
        from loopwell.integrations.sql import jobs  # noqa: F401 registers the work
