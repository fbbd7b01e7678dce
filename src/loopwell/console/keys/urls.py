"""Addresses of the staff pages: keys."""

from django.urls import path

from loopwell.console.keys import views

app_name = "keys"
urlpatterns = [
    path("", views.list, name="list"),
]
