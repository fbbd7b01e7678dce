"""Addresses of the staff pages: key figures of units beside the score."""

from django.urls import path

from loopwell.console.key_figures import views

app_name = "key_figures"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("template/", views.template, name="template"),
    path("<slug:ref>/", views.figure, name="figure"),
    path("<slug:ref>/change/", views.change, name="change"),
    path("<slug:ref>/remove/", views.remove, name="remove"),
]
