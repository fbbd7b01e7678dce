"""Addresses of the pages customers see."""

from django.urls import URLPattern

app_name = "respond"
urlpatterns: list[URLPattern] = []
