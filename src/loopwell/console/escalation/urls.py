"""Addresses of the staff pages: what happens to late cases."""

from django.urls import path

from loopwell.console.escalation import views

app_name = "escalation"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.save, name="add"),
    path("<str:ref>/", views.save, name="save"),
    path("<str:ref>/remove/", views.remove, name="remove"),
]
