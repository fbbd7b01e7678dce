"""Addresses of the staff pages: own feedback."""

from django.urls import path

from loopwell.console.coaching import views

app_name = "coaching"
urlpatterns = [
    path("", views.index, name="index"),
    path("answers/<str:ref>/", views.write, name="write"),
    path("<str:ref>/read/", views.read, name="read"),
]
