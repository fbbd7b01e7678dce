"""Addresses of the staff pages: outbox."""

from django.urls import path

from loopwell.console.outbox import views

app_name = "outbox"
urlpatterns = [
    path("", views.list, name="list"),
]
