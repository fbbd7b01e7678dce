"""Registers the app themes with Django."""

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "loopwell.themes"
