"""Addresses of the pages customers see."""

from django.urls import path

from loopwell.respond import leaving, promoters, views

app_name = "respond"
urlpatterns = [
    path("<str:token>/", views.answer, name="answer"),
    path("<str:token>/all/", views.everything, name="everything"),
    path("<str:token>/go/review/<str:place>/", promoters.review, name="review"),
    path("<str:token>/go/community/", promoters.community, name="community"),
    path("<str:token>/go/reference/", promoters.reference, name="reference"),
    path("<str:token>/unsubscribe/", leaving.unsubscribe, name="unsubscribe"),
]
