"""Registers the app surveys with Django."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "loopwell.surveys"
