"""Registers the app demo with Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "loopwell.demo"
