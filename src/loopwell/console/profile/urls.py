"""Addresses of the staff pages: one's own settings."""

from django.urls import path

from loopwell.console.profile import views

app_name = "profile"
urlpatterns = [
    path("", views.index, name="index"),
    path("language/", views.language, name="language"),
]
