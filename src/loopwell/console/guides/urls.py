"""Addresses of the staff pages: call guides."""

from django.urls import path

from loopwell.console.guides import views

app_name = "guides"
urlpatterns = [
    path("", views.index, name="index"),
    path("all/", views.edit, name="all"),
    path("<str:survey>/", views.edit, name="survey"),
]
