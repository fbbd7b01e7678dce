"""Addresses of the staff pages: our look."""

from django.urls import path

from loopwell.console.brand import views

app_name = "brand"
urlpatterns = [
    path("", views.index, name="index"),
    path("preview/", views.preview, name="preview"),
    path("message/", views.message, name="message"),
    path("page/", views.page, name="page"),
]
