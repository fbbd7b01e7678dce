"""Addresses of the staff pages: recovery."""

from django.urls import path

from loopwell.console.recovery import views

app_name = "recovery"
urlpatterns = [
    path("", views.index, name="index"),
    path("ask-again/", views.ask_again, name="ask_again"),
]
