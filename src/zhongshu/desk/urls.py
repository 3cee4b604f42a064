"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from . import journal, ledgers, notices, registers, search, section, views

app_name = "desk"
urlpatterns = [
    path("ledgers/", ledgers.page, name="ledgers"),
    path("ledgers/<str:book>/", registers.page, name="register"),
    path("", views.home, name="home"),
    path("reading/", views.reading, name="reading"),
    path("matters/", views.matters, name="matters"),
    path("section/", section.page, name="section"),
    path("watched/", views.watched, name="watched"),
    path("m/<str:key>/", views.matter, name="matter"),
    path("search/", search.page, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("notices/", notices.page, name="notices"),
    path("notices/seen/<str:key>/", notices.seen, name="notices_seen"),
    path("notices/read/", notices.read_all, name="notices_read"),
    path("notices/<int:pk>/read/", notices.read, name="notice_read"),
    path("notices/outbox/", notices.outbox, name="outbox"),
    path("journal/", journal.page, name="journal"),
    path("journal/heads/", journal.heads, name="journal_heads"),
    path("journal/check/", journal.check, name="journal_check"),
    path("journal/export/", journal.export, name="journal_export"),
    path("journal/<str:key>/", journal.entry, name="journal_entry"),
]
