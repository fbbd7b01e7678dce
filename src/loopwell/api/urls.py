"""Addresses of the public API."""

from django.urls import URLPattern, URLResolver, path, re_path

from loopwell.api import docs, doors
from loopwell.api.v1 import api as v1

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/docs", docs.page, name="docs"),
    path("v1/openapi.json", docs.document, name="openapi"),
    *doors.guarded("v1/", v1),
    re_path(r"^", doors.nothing_here),
]
