"""Addresses of the staff pages: the inbox of alarms."""

from django.urls import path

from loopwell.console.alarms import views

app_name = "alarms"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("count/", views.count, name="count"),
    path("read/", views.read_all, name="read_all"),
    path("unsent/", views.unsent, name="unsent"),
    path("teams/", views.teams, name="teams"),
    path("teams/add/", views.add_team, name="add_team"),
    path("<str:ref>/", views.open_alarm, name="open"),
    path("<str:ref>/read/", views.read, name="read"),
]
