"""Where are the staff pages?"""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("loopwell.console.home.urls")),
    path("answers/", include("loopwell.console.answers.urls")),
    path("held/", include("loopwell.console.held.urls")),
    path("surveys/", include("loopwell.console.surveys.urls")),
    path("programmes/", include("loopwell.console.programmes.urls")),
    path("contact-rules/", include("loopwell.console.contact.urls")),
    path("decisions/", include("loopwell.console.decisions.urls")),
    path("planner/", include("loopwell.console.planner.urls")),
    path("look/", include("loopwell.console.brand.urls")),
    path("sendings/", include("loopwell.console.waves.urls")),
    path("links/", include("loopwell.console.links.urls")),
    path("outbox/", include("loopwell.console.outbox.urls")),
    path("calls/", include("loopwell.console.calls.urls")),
    path("cases/", include("loopwell.console.cases.urls")),
    path("recovery/", include("loopwell.console.recovery.urls")),
    path("reminders/", include("loopwell.console.reminders.urls")),
    path("customers/", include("loopwell.console.customers.urls")),
    path("accounts/", include("loopwell.console.accounts.urls")),
    path("imports/", include("loopwell.console.imports.urls")),
    path("sources/", include("loopwell.console.sources.urls")),
    path("journeys/", include("loopwell.console.journeys.urls")),
    path("company/", include("loopwell.console.company.urls")),
    path("channels/", include("loopwell.console.channels.urls")),
    path("keys/", include("loopwell.console.keys.urls")),
    path("setup/", include("loopwell.console.setup.urls")),
    path("status/", include("loopwell.console.status.urls")),
    path("me/", include("loopwell.console.profile.urls")),
]
