"""Registers the app people with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "loopwell.people"
