"""Registers the app huddles with Django."""

from django.apps import AppConfig


class HuddlesConfig(AppConfig):
    name = "loopwell.huddles"
