"""Addresses of the staff pages: coding comments."""

from django.urls import path

from loopwell.console.coding import comment, model, topics

app_name = "coding"
urlpatterns = [
    path("", comment.index, name="index"),
    path("model/", model.index, name="model"),
    path("model/train/", model.train, name="train"),
    path("model/stop/", model.stop, name="stop"),
    path("model/<int:number>/use/", model.use, name="use"),
    path("agreement/", model.agreement, name="agreement"),
    path("topics/", topics.index, name="topics"),
    path("topics/make/", topics.make, name="make_theme"),
    path("topics/hide/", topics.hide, name="hide_topic"),
    path("<str:ref>/", comment.one, name="comment"),
    path("<str:ref>/undo/", comment.undo, name="undo"),
]
