"""Addresses of the staff pages: who is away."""

from django.urls import path

from loopwell.console.absences import views

app_name = "absences"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:ref>/", views.person, name="person"),
    path("<str:ref>/cancel/", views.cancel, name="cancel"),
]
