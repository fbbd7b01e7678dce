"""Registers the app responses with Django."""

from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "loopwell.responses"
