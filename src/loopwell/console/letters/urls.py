"""Addresses of the staff pages: letters."""

from django.urls import path

from loopwell.console.letters import strays, views

app_name = "letters"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.add, name="new"),
    path("unsorted/", strays.index, name="strays"),
    path("unsorted/<str:ref>/case/", strays.put, name="put"),
    path("unsorted/<str:ref>/dismissal/", strays.dismiss, name="dismiss"),
    path("<str:ref>/", views.edit, name="edit"),
    path("<str:ref>/retirement/", views.retire, name="retire"),
]
