"""Addresses of the staff pages: imports."""

from django.urls import path

from loopwell.console.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.list, name="list"),
]
