"""Addresses of the staff pages: keys."""

from django.urls import path

from loopwell.console.keys import views

app_name = "keys"
urlpatterns = [
    path("", views.index, name="list"),
    path("add/", views.add, name="add"),
    path("<str:ref>/revoke/", views.revoke, name="revoke"),
]
