"""Registers the app targets with Django."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "loopwell.targets"
