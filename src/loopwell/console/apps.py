"""Registers the app console with Django."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "loopwell.console"
