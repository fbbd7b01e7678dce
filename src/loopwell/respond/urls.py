"""Addresses of the pages customers see."""

from django.urls import path

from loopwell.respond import views

app_name = "respond"
urlpatterns = [
    path("<str:token>/", views.answer, name="answer"),
    path("<str:token>/unsubscribe/", views.unsubscribe, name="unsubscribe"),
]
