"""Tables of matters: the spine, its flow, what people have to do about it.

`Todo` rows exist only while there is something to do, so no desk grows with the years.
Numbers that triage sorts by are working-minute ordinals of the calendar in force.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from zhongshu.office import clock

from .company import Comment, Link, Tag, Watch
from .kinds import kind_of
from .registers import Process, Series


class Matter(models.Model):
    """事项. Its case lies apart, so that a list reads no more than it shows."""

    class Grade(models.IntegerChoices):
        OPEN = 0, "公开"
        INTERNAL = 1, "内部"
        WORK_SECRET = 2, "工作秘密"

    class Urgency(models.TextChoices):
        FLASH = "flash", "特提"
        URGENT = "urgent", "特急"
        PRESSING = "pressing", "加急"
        NORMAL = "normal", "平件"

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    kind = models.CharField(max_length=40)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="matters")
    serial = models.PositiveIntegerField()
    number = models.CharField("编号", max_length=60)
    title = models.CharField("标题", max_length=300)
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+")
    initiator = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="responsible_for"
    )
    grade = models.PositiveSmallIntegerField(
        "信息类别", choices=Grade.choices, default=Grade.INTERNAL
    )
    urgency = models.CharField("紧急程度", max_length=8, choices=Urgency.choices, default="normal")
    weight = models.PositiveSmallIntegerField("分量", default=1)
    why_weight = models.CharField(max_length=60, blank=True)
    need = models.PositiveIntegerField(default=30)
    due = models.BigIntegerField(null=True)
    due_at = models.DateTimeField("办结时限", null=True)
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="matters")
    state = models.CharField(max_length=20, default="draft")
    step = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=0)
    wake = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    tags: models.ManyToManyField[Tag, Matter] = models.ManyToManyField(
        "Tag", blank=True, related_name="matters"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("series", "serial"), name="matters_number_once"),
            models.CheckConstraint(
                condition=Q(grade__in=(0, 1, 2)), name="matters_no_state_secrets"
            ),
        )
        indexes = (
            models.Index(fields=("wake",), name="matters_wake", condition=Q(wake__isnull=False)),
            models.Index(
                fields=("initiator", "touched_at"),
                name="matters_under_way",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(fields=("unit", "-id"), name="matters_of_unit"),
            models.Index(fields=("kind", "-id"), name="matters_of_kind"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def address(self) -> str:
        """The address of its page."""
        return reverse(kind_of(self.kind).address, args=[self.key])


class Case(models.Model):
    """The state of the flow, as the kernel writes it."""

    matter = models.OneToOneField(
        Matter, primary_key=True, on_delete=models.CASCADE, related_name="case"
    )
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.matter_id)


class Draft(models.Model):
    """The form as its drafter left it, not yet sent. Nobody else sees it; gone once it is sent."""

    matter = models.OneToOneField(
        Matter, primary_key=True, on_delete=models.CASCADE, related_name="draft"
    )
    form = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.matter_id)


class Event(models.Model):
    """One step of the flow, whole. The journal holds its digest; replayed they give the case."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=20)
    person = models.CharField(max_length=80)
    at = models.DateTimeField()
    text = models.TextField()
    entry = models.OneToOneField("journal.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("matter", "number"), name="matters_event_once"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class Todo(models.Model):
    """Something one person has to do about a matter now. Written in the act's own transaction."""

    class What(models.TextChoices):
        DO = "do", "待办"
        CLAIM = "claim", "待认领"
        ANSWER = "answer", "待答"
        READ = "read", "待阅"
        REVISE = "revise", "待改"

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="todos")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="todos")
    what = models.CharField(max_length=6, choices=What.choices)
    slot = models.IntegerField()
    node = models.CharField(max_length=60, blank=True)
    via = models.CharField(max_length=12, blank=True)
    behalf = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    due = models.BigIntegerField()
    weight = models.PositiveSmallIntegerField()
    need = models.PositiveIntegerField()
    start_by = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("matter", "person", "what", "slot"), name="matters_todo_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("person", "weight", "due", "id", "need"),
                name="matters_todo_slack",
                condition=~Q(what="read"),
            ),
            models.Index(
                fields=("person", "weight", "start_by", "id", "need", "due"),
                name="matters_todo_tight",
                condition=~Q(what="read"),
            ),
            models.Index(
                fields=("person", "weight", "need", "due", "id"),
                name="matters_todo_need",
                condition=~Q(what="read"),
            ),
            models.Index(
                fields=("person", "id"), name="matters_todo_read", condition=Q(what="read")
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.matter_id}"


class Participant(models.Model):
    """Somebody a matter ever came to. What one has handled one may see again."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "matter"), name="matters_participant_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.matter_id}"


class Answered(models.Model):
    """A command that was carried out, by its key: the same again gets the first answer."""

    person = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")
    event = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "key"), name="matters_answered_once"),
        )

    def __str__(self) -> str:
        return self.key


__all__ = [
    "Answered",
    "Case",
    "Comment",
    "Draft",
    "Event",
    "Link",
    "Matter",
    "Participant",
    "Process",
    "Series",
    "Tag",
    "Todo",
    "Watch",
]
