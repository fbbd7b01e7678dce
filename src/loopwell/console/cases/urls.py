"""Addresses of the staff pages: cases."""

from django.urls import path

from loopwell.console.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.queue, name="queue"),
]
