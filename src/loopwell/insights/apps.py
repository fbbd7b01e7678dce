"""Registers the app insights with Django."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "loopwell.insights"
