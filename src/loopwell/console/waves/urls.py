"""Addresses of the staff pages: sendings."""

from django.urls import path

from loopwell.console.waves import acts, views, weights

app_name = "waves"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("reach/", views.reach, name="reach"),
    path("<str:ref>/", views.wave, name="wave"),
    path("<str:ref>/mail/<slug:language>/", views.mail, name="mail"),
    path("<str:ref>/weights/", weights.weights, name="weights"),
    path("<str:ref>/test/", acts.test, name="test"),
    path("<str:ref>/launch/", acts.launch, name="launch"),
    path("<str:ref>/pause/", acts.pause, name="pause"),
    path("<str:ref>/resume/", acts.resume, name="resume"),
    path("<str:ref>/discard/", acts.discard, name="discard"),
]
