"""Addresses of the staff pages: reminders."""

from django.urls import path

from loopwell.console.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.index, name="list"),
    path("<str:ref>/", views.done, name="done"),
]
