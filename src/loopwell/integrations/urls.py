"""Where do providers tell us what became of messages?"""

from django.urls import URLPattern, URLResolver, include, path

from loopwell.integrations.discovery import hooks

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{name}/", include(module)) for name, module in hooks()
]
