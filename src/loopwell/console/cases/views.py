"""Staff pages: cases."""

from django.http import HttpResponse
from django.shortcuts import render

from loopwell.console.door import StaffRequest, staff


@staff()
def queue(request: StaffRequest) -> HttpResponse:
    return render(request, "console/placeholder.html")
