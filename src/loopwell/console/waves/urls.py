"""Addresses of the staff pages: waves."""

from django.urls import path

from loopwell.console.waves import views

app_name = "waves"
urlpatterns = [
    path("", views.list, name="list"),
]
