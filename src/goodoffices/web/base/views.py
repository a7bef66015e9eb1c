"""The first page after signing in, until there are talks to show."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_required
def my_talks(request: HttpRequest) -> HttpResponse:
    return render(request, "base/my_talks.html")
