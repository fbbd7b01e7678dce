"""Addresses of the staff pages: stories, notices, recognition, key messages."""

from django.urls import path

from loopwell.console.stories import messages, notices, recognition, stories

app_name = "stories"
urlpatterns = [
    path("", stories.index, name="list"),
    path("propose/", stories.propose, name="propose"),
    path("notices/", notices.index, name="notices"),
    path("notices/new/", notices.edit, name="new_notice"),
    path("notices/<str:ref>/", notices.notice, name="notice"),
    path("notices/<str:ref>/change/", notices.edit, name="edit_notice"),
    path("notices/<str:ref>/<slug:verb>/", notices.act, name="act_on_notice"),
    path("recognition/", recognition.index, name="recognition"),
    path("recognition/<str:ref>/take-back/", recognition.take_back, name="take_back"),
    path("messages/", messages.index, name="messages"),
    path("messages/new/", messages.edit, name="new_message"),
    path("messages/<str:ref>/", messages.edit, name="edit_message"),
    path("messages/<str:ref>/retire/", messages.retire, name="retire_message"),
    path("<str:ref>/", stories.story, name="story"),
    path("<str:ref>/<slug:verb>/", stories.act, name="act"),
]
