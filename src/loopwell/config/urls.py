"""Which door answers at which address?"""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("r/", include("loopwell.respond.urls")),
    path("", include("loopwell.respond.links_urls")),
    path("api/", include("loopwell.api.urls")),
    path("hooks/", include("loopwell.integrations.urls")),
    path("auth/", include("allauth.urls")),
    path("", include("loopwell.console.urls")),
]

handler400 = "loopwell.console.errors.bad_request"
handler403 = "loopwell.console.errors.forbidden"
handler404 = "loopwell.console.errors.not_found"
handler500 = "loopwell.console.errors.broken"
