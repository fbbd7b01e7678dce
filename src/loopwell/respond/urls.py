"""Addresses of the pages customers see."""

from django.urls import path

from loopwell.respond import leaving, views

app_name = "respond"
urlpatterns = [
    path("<str:token>/", views.answer, name="answer"),
    path("<str:token>/all/", views.everything, name="everything"),
    path("<str:token>/unsubscribe/", leaving.unsubscribe, name="unsubscribe"),
]
