"""Registers the app api with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "loopwell.api"
