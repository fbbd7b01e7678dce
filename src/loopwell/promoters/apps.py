"""Registers the app promoters with Django."""

from django.apps import AppConfig


class PromotersConfig(AppConfig):
    name = "loopwell.promoters"
