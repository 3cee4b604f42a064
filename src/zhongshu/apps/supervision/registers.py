"""Tables beside the tasks: editions of the rules, tasks that come again, bulletins."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhongshu.kernel.supervision.results import MARKS
from zhongshu.kernel.supervision.rules import RHYTHMS
from zhongshu.office import clock


class Edition(models.Model):
    """Numbers a bureau set for itself: proposed by one, in force once another approved."""

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    since = models.DateField("自何日起")
    changes = models.JSONField(default=dict)
    source = models.CharField("依据", max_length=200)
    proposed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-since", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(approved_by=models.F("proposed_by")),
                name="supervision_edition_approved_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.since} {self.source}"


class Recurrence(models.Model):
    """常态化事项: a task that is established anew when its day comes."""

    class Every(models.TextChoices):
        WEEK = "week", "每周"
        MONTH = "month", "每月"
        QUARTER = "quarter", "每季"
        YEAR = "year", "每年"

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    title = models.CharField("事项", max_length=200)
    requirement = models.CharField("任务要求", max_length=1000)
    source_ref = models.CharField("依据", max_length=200, blank=True)
    rhythm = models.CharField("类别", max_length=12, choices=[(r.code, r.zh) for r in RHYTHMS])
    lead = models.ForeignKey(
        "people.Unit", verbose_name="牵头部门", on_delete=models.PROTECT, related_name="+"
    )
    every = models.CharField("多久一次", max_length=8, choices=Every.choices)
    days = models.PositiveSmallIntegerField("办理几个工作日")
    next_on = models.DateField("下次立项", null=True, db_index=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("next_on", "id")

    def __str__(self) -> str:
        return self.title


class Bulletin(models.Model):
    """督办简报, as it was issued: what stood there then, so that the next can tell the change."""

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    number = models.PositiveIntegerField("期号")
    year = models.PositiveSmallIntegerField()
    since = models.DateTimeField("自")
    until = models.DateTimeField("至")
    standing = models.JSONField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("year", "number"), name="supervision_bulletin_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.number}"


class AssistMark(models.Model):
    """配合评价: how one section assisted, apart from how the lead did."""

    task = models.ForeignKey("supervision.Task", on_delete=models.PROTECT, related_name="marks")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+")
    mark = models.CharField("配合评价", max_length=4, choices=[(one, one) for one in MARKS])
    note = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("task", "unit"), name="supervision_marked_once"),
        )

    def __str__(self) -> str:
        return f"{self.task_id} {self.unit_id} {self.mark}"
