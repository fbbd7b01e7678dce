"""Addresses of the staff pages: surveys."""

from django.urls import path

from loopwell.console.surveys import views

app_name = "surveys"
urlpatterns = [
    path("", views.list, name="list"),
]
