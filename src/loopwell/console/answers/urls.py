"""Addresses of the staff pages: answers."""

from django.urls import path

from loopwell.console.answers import acting, asked, feed, views

app_name = "answers"
urlpatterns = [
    path("", views.list_answers, name="list"),
    path("export.csv", views.export, name="export"),
    path("asked/", asked.list_asked, name="asked"),
    path("new/", feed.newer, name="newer"),
    path("views/", feed.save, name="save_view"),
    path("views/<slug:ref>/", feed.change, name="change_view"),
    path("<slug:ref>/", views.answer, name="answer"),
    path("<slug:ref>/thanks/", acting.thanks, name="thanks"),
    path("<slug:ref>/case/", acting.open_case, name="open_case"),
]
