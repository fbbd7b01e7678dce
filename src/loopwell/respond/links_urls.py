"""Addresses without an invitation: links and codes, kiosks, and what websites load and send."""

from django.urls import path

from loopwell.respond import embed, links, promoters, told

app_name = "open"
urlpatterns = [
    path("p/<str:token>/", promoters.friend, name="friend"),
    path("told/<str:token>/", told.leave, name="told"),
    path("l/<str:ref>/", links.start, {"door": "link"}, name="link"),
    path("l/<str:ref>/<str:token>/", links.follow, {"door": "link"}, name="link_answer"),
    path("k/<str:ref>/", links.start, {"door": "kiosk"}, name="kiosk"),
    path("k/<str:ref>/<str:token>/", links.follow, {"door": "kiosk"}, name="kiosk_answer"),
    path("embed/<str:ref>.js", embed.script, name="script"),
    path("e/<str:ref>/", embed.start, name="embed"),
    path("e/<str:ref>/<str:token>/", embed.follow, name="embed_answer"),
]
