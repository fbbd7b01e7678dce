"""Registers the app benchmarks with Django and its jobs with the worker."""

from django.apps import AppConfig


class BenchmarksConfig(AppConfig):
    name = "loopwell.benchmarks"

    def ready(self) -> None:
        from loopwell.benchmarks import jobs  # noqa: F401 registers
