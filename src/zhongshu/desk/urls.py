"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import notices, search

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("search/", search.page, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("notices/", notices.page, name="notices"),
    path("notices/read/", notices.read_all, name="notices_read"),
    path("notices/<int:pk>/read/", notices.read, name="notice_read"),
    path("notices/outbox/", notices.outbox, name="outbox"),
]
