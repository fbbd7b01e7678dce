"""Addresses of the staff pages: the pain map and its problems."""

from django.urls import path

from loopwell.console.pains import views

app_name = "pains"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.problem, name="problem"),
]
