"""Addresses of the staff pages: what changed and why, and what goes together with the score."""

from django.urls import path

from loopwell.console.why import views

app_name = "why"
urlpatterns = [
    path("", views.change, name="change"),
    path("drivers/", views.drivers, name="drivers"),
]
