"""Registers the app notify with Django."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "loopwell.notify"
