"""Registers the app targets with Django, its jobs with the worker, its values with questions."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "loopwell.targets"

    def ready(self) -> None:
        from loopwell.insights.asking import Against
        from loopwell.insights.comparing import register_reference
        from loopwell.targets import jobs  # noqa: F401 registers
        from loopwell.targets.queries.references import targets_of_rows

        register_reference(Against.TARGET, targets_of_rows)
