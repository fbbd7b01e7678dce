"""Where are the callers' pages?"""

from django.urls import path

from loopwell.console.calls import views

app_name = "calls"
urlpatterns = [
    path("", views.index, name="index"),
    path("next/", views.take, name="next"),
    path("<slug:ref>/", views.call, name="call"),
    path("<slug:ref>/answer/", views.answer, name="answer"),
    path("<slug:ref>/outcome/", views.outcome, name="outcome"),
]
