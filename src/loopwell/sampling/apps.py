"""Registers the app sampling with Django."""

from django.apps import AppConfig


class SamplingConfig(AppConfig):
    name = "loopwell.sampling"
