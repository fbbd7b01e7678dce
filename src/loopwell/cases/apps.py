"""Registers the app cases with Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "loopwell.cases"
