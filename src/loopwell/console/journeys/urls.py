"""Addresses of the staff pages: journeys."""

from django.urls import path

from loopwell.console.journeys import moments, views

app_name = "journeys"
urlpatterns = [
    path("", views.list_journeys, name="list"),
    path("new/", views.add, name="new"),
    path("<slug:ref>/", views.journey, name="journey"),
    path("<slug:ref>/rename/", views.rename, name="rename"),
    path("<slug:ref>/delete/", views.delete, name="delete"),
    path("<slug:ref>/moments/new/", moments.add, name="add_moment"),
    path("<slug:ref>/moments/<slug:moment>/", moments.change, name="moment"),
    path("<slug:ref>/moments/<slug:moment>/move/", moments.move, name="move"),
    path("<slug:ref>/moments/<slug:moment>/remove/", moments.remove, name="remove"),
]
