"""Addresses of the staff pages: how one wants to be told."""

from django.urls import path

from loopwell.console.alarms import wishes

app_name = "my_alarms"
urlpatterns = [
    path("", wishes.index, name="index"),
    path("quiet/", wishes.quiet, name="quiet"),
    path("targets/", wishes.add_target, name="add_target"),
    path("targets/<str:ref>/try/", wishes.try_target, name="try_target"),
    path("targets/<str:ref>/switch/", wishes.switch_target, name="switch_target"),
    path("targets/<str:ref>/remove/", wishes.remove_target, name="remove_target"),
]
