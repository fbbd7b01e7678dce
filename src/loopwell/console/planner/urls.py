"""Addresses of the staff pages: how many customers to ask."""

from django.urls import path

from loopwell.console.planner import views

app_name = "planner"
urlpatterns = [path("", views.index, name="index")]
