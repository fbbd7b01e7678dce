"""Addresses of the staff pages: the pain map and its problems."""

from django.urls import path

from loopwell.console.pains import paper, views

app_name = "pains"
urlpatterns = [
    path("", views.index, name="index"),
    path("slides.pptx", paper.deck, name="deck"),
    path("<slug:slug>/", views.problem, name="problem"),
    path("<slug:slug>/print/", paper.on_paper, name="print"),
    path("<slug:slug>/slide.pptx", paper.slide, name="slide"),
]
