"""Addresses of the staff pages: complaints and other reports."""

from django.urls import path

from loopwell.console.complaints import views

app_name = "complaints"
urlpatterns = [
    path("", views.index, name="index"),
    path("template/", views.template, name="template"),
]
