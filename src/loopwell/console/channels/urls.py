"""Where is the page of channels?"""

from django.urls import path

from loopwell.console.channels import views

app_name = "channels"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:name>/test/", views.test, name="test"),
]
