"""Tables that matters are entered in: processes by version, series of numbers by year."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Process(models.Model):
    """A process in one version: proposed by one person, released by another, then never changed
    but for its end, when another version takes its place or, again by two, nothing does."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待发布"
        RELEASED = "released", "已发布"
        RETIRED = "retired", "已停用"

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    name = models.CharField("名称", max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()
    released_by = models.CharField(max_length=80, blank=True)
    released_at = models.DateTimeField(null=True)
    retire_asked_by = models.CharField(max_length=80, blank=True)
    retire_asked_at = models.DateTimeField(null=True)
    retired_by = models.CharField(max_length=80, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("code", "version"), name="matters_process_version"),
            models.UniqueConstraint(
                fields=("code",),
                condition=Q(state="released"),
                name="matters_process_one_released",
            ),
            models.CheckConstraint(
                condition=~Q(released_by=models.F("proposed_by")),
                name="matters_process_released_by_another",
            ),
            models.CheckConstraint(
                condition=Q(retired_by="") | ~Q(retired_by=models.F("retire_asked_by")),
                name="matters_process_retired_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class Series(models.Model):
    """A register of one year; `last` is given back when an act is rolled back."""

    code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("code", "year"), name="matters_series_of_a_year"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.year}"
