"""Addresses of the staff pages: use by team."""

from django.urls import path

from loopwell.console.use import views

app_name = "use"
urlpatterns = [path("", views.index, name="index")]
