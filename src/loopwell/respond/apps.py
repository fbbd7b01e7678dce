"""Registers the app respond with Django."""

from django.apps import AppConfig


class RespondConfig(AppConfig):
    name = "loopwell.respond"
