"""Addresses of the staff pages: one's own digests."""

from django.urls import path

from loopwell.console.digests import views

app_name = "digests"
urlpatterns = [
    path("me/digests/", views.index, name="index"),
    path("me/digests/<str:edition>/", views.today, name="today"),
    path("digest/question/<str:token>/stop/", views.stop_one_question, name="stop_question"),
    path("digest/<str:token>/", views.vote, name="vote"),
    path("digest/<str:token>/stop/", views.stop, name="stop"),
]
