"""The address of the page of a matter, as its kind says. 事项页面."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from .kinds import all_kinds
from .models import Matter

USUAL = "desk:matter"


def page_of(matter: Matter) -> str:
    """Where a matter is read; "" while no app offers a page for its kind."""
    named = {kind.code: kind.address for kind in all_kinds()}
    try:
        return reverse(named.get(matter.kind, USUAL), args=(matter.key,))
    except NoReverseMatch:
        return ""
