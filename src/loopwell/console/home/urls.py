"""Addresses of the staff pages: home."""

from django.urls import path

from loopwell.console.home import views

app_name = "home"
urlpatterns = [
    path("", views.index, name="index"),
    path("heard/", views.heard, name="heard"),
]
