"""Addresses of the staff pages: answers held in doubt."""

from django.urls import path

from loopwell.console.held import views

app_name = "held"
urlpatterns = [
    path("", views.index, name="list"),
    path("decide/", views.decide, name="decide"),
]
