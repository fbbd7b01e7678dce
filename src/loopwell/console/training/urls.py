"""Addresses of the staff pages: training."""

from django.urls import path

from loopwell.console.training import views

app_name = "training"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.edit, name="new"),
    path("<str:ref>/", views.lesson, name="lesson"),
    path("<str:ref>/done/", views.done, name="done"),
    path("<str:ref>/change/", views.edit, name="edit"),
    path("<str:ref>/retire/", views.retire, name="retire"),
]
