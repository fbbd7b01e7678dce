"""Registers the app benchmarks with Django, its jobs with the worker, rivals with questions."""

from django.apps import AppConfig


class BenchmarksConfig(AppConfig):
    name = "loopwell.benchmarks"

    def ready(self) -> None:
        from loopwell.benchmarks import handlers, jobs  # noqa: F401 registers
        from loopwell.benchmarks.queries.references import competitors_of_rows
        from loopwell.insights.asking import Against
        from loopwell.insights.comparing import register_reference

        register_reference(Against.COMPETITOR, competitors_of_rows)
