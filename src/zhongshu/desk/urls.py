"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from . import notices, search, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("reading/", views.reading, name="reading"),
    path("matters/", views.matters, name="matters"),
    path("m/<str:key>/", views.matter, name="matter"),
    path("search/", search.page, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("notices/", notices.page, name="notices"),
    path("notices/read/", notices.read_all, name="notices_read"),
    path("notices/<int:pk>/read/", notices.read, name="notice_read"),
    path("notices/outbox/", notices.outbox, name="outbox"),
]
