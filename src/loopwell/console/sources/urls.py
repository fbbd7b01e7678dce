"""Addresses of the staff pages: sources of interactions."""

from django.urls import path

from loopwell.console.sources import held, views

app_name = "sources"
urlpatterns = [
    path("", views.list_sources, name="list"),
    path("held/", held.list_held, name="held"),
    path("held/rule/", held.choose_rule, name="rule"),
    path("held/create/", held.create_all, name="create_all"),
    path("held/<slug:ref>/", held.decide, name="decide"),
    path("new/", views.add, name="new"),
    path("<slug:ref>/", views.source, name="source"),
    path("<slug:ref>/edit/", views.edit, name="edit"),
    path("<slug:ref>/try/", views.try_out, name="try"),
    path("<slug:ref>/columns/", views.columns, name="columns"),
    path("<slug:ref>/turn/", views.turn, name="turn"),
    path("<slug:ref>/delete/", views.delete, name="delete"),
]
