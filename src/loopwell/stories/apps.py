"""Registers the app stories with Django."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "loopwell.stories"
