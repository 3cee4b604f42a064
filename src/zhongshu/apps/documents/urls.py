"""Addresses of incoming documents."""

from __future__ import annotations

from django.urls import path

from .views import (
    arriving,
    document,
    ledger,
    papers,
    registering,
    returning,
    setting,
    statistics,
)

app_name = "documents"
urlpatterns = [
    path("tray/", arriving.tray, name="tray"),
    path("tray/add/", arriving.add, name="add"),
    path("tray/progress/<key:batch>/", arriving.progress, name="progress"),
    path("tray/paper/", registering.paper, name="paper"),
    path("tray/<key:key>/", registering.page, name="register"),
    path("tray/<key:key>/propose/", registering.propose, name="propose"),
    path("tray/<key:key>/apart/", arriving.apart, name="apart"),
    path("tray/<key:key>/same/", arriving.same, name="same"),
    path("tray/<key:key>/destroy/", arriving.destroy, name="destroy"),
    path("tray/<key:key>/return/", returning.send_back, name="send_back"),
    path("return/<key:key>/", returning.at_review, name="return"),
    path("returned/<key:key>/", returning.slip, name="return_slip"),
    path("ledger/", ledger.page, name="ledger"),
    path("ledger/print/", ledger.printed, name="ledger_print"),
    path("ledger/export/", ledger.export, name="ledger_export"),
    path("ledger/filters/", ledger.keep, name="filter_keep"),
    path("ledger/filters/<int:pk>/delete/", ledger.drop, name="filter_drop"),
    path("statistics/", statistics.page, name="statistics"),
    path("archive/", setting.archive, name="archive"),
    path("phrases/", setting.phrases, name="phrases"),
    path("phrases/<int:pk>/delete/", setting.drop_phrase, name="phrase_drop"),
    path("incoming/<str:key>/", document.page, name="document"),
    path("incoming/<str:key>/act/", document.act, name="act"),
    path("incoming/<str:key>/told/", document.told, name="told"),
    path("incoming/<str:key>/circulate/", document.circulate, name="circulate"),
    path("incoming/<str:key>/number/", document.number, name="number"),
    path("incoming/<str:key>/slip.pdf", papers.slip, name="slip"),
    path("incoming/<str:key>/file/<str:file>/", papers.leaves, name="leaves"),
]
