"""Registers the app access with Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "loopwell.access"
