"""Addresses of the staff pages: huddles."""

from django.urls import path

from loopwell.console.huddles import views

app_name = "huddles"
urlpatterns = [
    path("", views.index, name="index"),
    path("mine/", views.mine, name="mine"),
    path("commitments/<str:ref>/<slug:verb>/", views.end, name="end"),
    path("<str:unit>/<str:week>/", views.huddle, name="huddle"),
    path("<str:unit>/<str:week>/commit/", views.commit, name="commit"),
    path("<str:unit>/<str:week>/hold/", views.hold, name="hold"),
    path("<str:unit>/<str:week>/not-held/", views.not_held, name="not_held"),
]
