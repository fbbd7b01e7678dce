"""Addresses of the staff pages: properties of customers."""

from django.urls import path

from loopwell.console.properties import views

app_name = "properties"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:name>/", views.change, name="change"),
    path("<slug:name>/remove/", views.remove, name="remove"),
]
