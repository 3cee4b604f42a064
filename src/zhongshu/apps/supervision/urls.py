"""Addresses of supervised tasks."""

from __future__ import annotations

from django.urls import path

from .views import bulletins, establishing, ledger, ruling, task

app_name = "supervision"
urlpatterns = [
    path("", ledger.ledger, name="ledger"),
    path("chase/", ledger.chase, name="chase_many"),
    path("print/", ledger.printed, name="ledger_printed"),
    path("export/", ledger.exported, name="ledger_exported"),
    path("new/", establishing.new, name="new"),
    path("new/<str:key>/", establishing.from_matter, name="from_matter"),
    path("recurring/", establishing.recurring, name="recurring"),
    path("recurring/<str:key>/open/", establishing.open_recurring, name="open_recurring"),
    path("rules/", ruling.page, name="rules"),
    path("rules/<str:key>/approve/", ruling.approve, name="approve_rules"),
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/issue/", bulletins.issue, name="issue"),
    path("bulletins/<str:key>/", bulletins.bulletin, name="bulletin"),
    path("bulletins/<str:key>/print/", bulletins.bulletin_printed, name="bulletin_printed"),
    path("bulletins/<str:key>/pdf/", bulletins.bulletin_pdf, name="bulletin_pdf"),
    path("bulletins/<str:key>/export/", bulletins.bulletin_exported, name="bulletin_exported"),
    path("year/", bulletins.year, name="year"),
    path("year/print/", bulletins.year_printed, name="year_printed"),
    path("year/pdf/", bulletins.year_pdf, name="year_pdf"),
    path("year/export/", bulletins.year_exported, name="year_exported"),
    path("applications/<str:application>/", task.decide, name="decide"),
    path("t/<str:key>/", task.task, name="task"),
    path("t/<str:key>/report/", task.report, name="report"),
    path("t/<str:key>/apply/", task.apply_for, name="apply"),
    path("t/<str:key>/split/", task.split, name="split"),
    path("t/<str:key>/answer-for/", task.answer_for, name="answer_for"),
    path("t/<str:key>/marks/", task.marks, name="marks"),
    path("t/<str:key>/chase/", task.chase, name="chase"),
    path("t/<str:key>/notice/", task.notice, name="notice"),
]
