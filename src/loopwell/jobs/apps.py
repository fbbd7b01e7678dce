"""Registers the app jobs with Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "loopwell.jobs"
