"""Who may open an account? Nobody by themselves: administrators invite people."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_noop

OURS = (gettext_noop("Email"),)
"""Words of allauth's forms that we translate ourselves: Django's own catalogues shadow them."""


class ClosedSignup(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
