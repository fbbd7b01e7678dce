"""Address of the page for the first start."""

from django.urls import path

from loopwell.console.setup import views

app_name = "setup"
urlpatterns = [path("<str:token>/", views.index, name="index")]
