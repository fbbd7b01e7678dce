"""Addresses of the staff pages: answers."""

from django.urls import path

from loopwell.console.answers import asked, views

app_name = "answers"
urlpatterns = [
    path("", views.list_answers, name="list"),
    path("export.csv", views.export, name="export"),
    path("asked/", asked.list_asked, name="asked"),
    path("<slug:ref>/", views.answer, name="answer"),
]
