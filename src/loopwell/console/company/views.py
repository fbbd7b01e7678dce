"""Staff pages: company."""

from django.http import HttpResponse
from django.shortcuts import render

from loopwell.console.door import StaffRequest, staff


@staff()
def index(request: StaffRequest) -> HttpResponse:
    return render(request, "console/placeholder.html")
