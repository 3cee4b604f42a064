"""Tables of processes, beside the register of versions that `office.matters` keeps.

A sketch is somebody's unfinished process; the other tables count what happened, so that no page
has to. They are filled by the worker and may be thrown away: counting anew gives the same.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhongshu.office import clock


class Sketch(models.Model):
    """草稿: a process that is being written, as text in the documented format. Its writer's own."""

    class State(models.TextChoices):
        """What became of it. None is ever thrown away: whoever dropped it may take it up again."""

        OPEN = "open", "在写"
        PROPOSED = "proposed", "已提出"
        DROPPED = "dropped", "已放下"

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    by = models.CharField(max_length=80, db_index=True)
    name = models.CharField("名称", max_length=80)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    text = models.TextField()
    number = models.PositiveIntegerField(default=1)  # of the text as it stands, in `kept`
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.name


class Kept(models.Model):
    """A sketch as it once stood: a row for every change, never changed and never removed.

    `like` is the number of the earlier row that it repeats; its own number for a new text. So
    taking back several changes, one after the other, goes on backwards.
    """

    sketch = models.ForeignKey(Sketch, on_delete=models.CASCADE, related_name="kept")
    number = models.PositiveIntegerField()
    like = models.PositiveIntegerField()
    part = models.CharField(max_length=120)  # what was being filled in
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("sketch", "number"), name="processes_kept_once"),
        )

    def __str__(self) -> str:
        return f"{self.sketch_id} {self.number}"


class Stage(models.Model):
    """What happened at one node of one version: how often it was handled and returned, and in how
    many working minutes. `spans` counts handlings by length (see counting.py)."""

    process = models.ForeignKey("matters.Process", on_delete=models.CASCADE, related_name="stages")
    node = models.CharField(max_length=60)
    handled = models.PositiveBigIntegerField(default=0)
    returned = models.PositiveBigIntegerField(default=0)
    spans = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("process", "node"), name="processes_stage_once"),
        )

    def __str__(self) -> str:
        return f"{self.process_id} {self.node}"


class Running(models.Model):
    """How many matters run on a version, as of a moment."""

    process = models.OneToOneField(
        "matters.Process", primary_key=True, on_delete=models.CASCADE, related_name="running"
    )
    count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.process_id} {self.count}"


class Reached(models.Model):
    """One row: up to which event was counted."""

    event = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.event)


class Watched(models.Model):
    """How a process stood when that last changed: the fewest people, and what hangs on one person.

    A row is added whenever the bureau or the process has changed and the numbers with it; rows are
    never changed, so an inspector sees who could what, and when.
    """

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    at = models.DateTimeField(db_index=True)
    people = models.PositiveSmallIntegerField()
    points = models.JSONField(default=list)
    worse = models.BooleanField(default=False)

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("code", "-id"), name="processes_watched_code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.at:%Y-%m-%d}"


class Move(models.Model):
    """改版: matters that run on one version shall move to another. Planned by one person, carried
    out by the second, rehearsed case by case in between."""

    class State(models.TextChoices):
        REHEARSING = "rehearsing", _("演练中")
        READY = "ready", _("待执行")
        DONE = "done", _("已执行")
        DROPPED = "dropped", _("已作废")

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    old = models.ForeignKey("matters.Process", on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey("matters.Process", on_delete=models.PROTECT, related_name="+")
    plan = models.JSONField(default=dict)
    why = models.CharField("理由", max_length=500)
    planned_by = models.CharField(max_length=80)
    planned_at = models.DateTimeField()
    second = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REHEARSING)
    reached = models.PositiveBigIntegerField(default=0)
    rehearsed_at = models.DateTimeField(null=True)
    carried_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(second=models.F("planned_by")), name="processes_move_by_two"
            ),
            models.UniqueConstraint(
                fields=("old",),
                condition=models.Q(state__in=("rehearsing", "ready")),
                name="processes_one_move_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.old_id} {self.new_id}"


class MoveCase(models.Model):
    """What one matter becomes by a move, as rehearsed; `fine` False: it keeps its version."""

    move = models.ForeignKey(Move, on_delete=models.CASCADE, related_name="cases")
    matter = models.ForeignKey("matters.Matter", on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()
    fine = models.BooleanField()
    asked = models.PositiveSmallIntegerField(default=0)
    lost = models.PositiveSmallIntegerField(default=0)
    told = models.JSONField(default=dict)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("move", "matter"), name="processes_move_case_once"),
        )
        indexes = (models.Index(fields=("move", "fine", "id"), name="processes_move_fine"),)

    def __str__(self) -> str:
        return f"{self.move_id} {self.matter_id}"
