"""Registers the app benchmarks with Django."""

from django.apps import AppConfig


class BenchmarksConfig(AppConfig):
    name = "loopwell.benchmarks"
