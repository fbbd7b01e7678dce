"""Registers the app delivery with Django."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "loopwell.delivery"
