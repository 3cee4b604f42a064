"""Tables of supervised tasks. How one moves, and who has it, is kept by `office.matters`; here
stands what only a supervised task has. Nothing that was decided is overwritten: due times,
reports with their lights, chases, applications each have rows of their own.

Minutes are working-minute ordinals of the calendar in force.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from zhongshu.kernel.supervision.lights import FOREVER, Light
from zhongshu.kernel.supervision.rules import LADDER, RHYTHMS
from zhongshu.office import clock

from .registers import AssistMark, Bulletin, Edition, Recurrence


class Phase(models.TextChoices):
    """Where a task stands, told by its flow."""

    DRAFT = "draft", "拟立项"
    ESTABLISHING = "establishing", "待立项"
    DOING = "doing", "在办"
    CHECKING = "checking", "待核查"
    CLOSED = "closed", "办结"
    FILED = "filed", "已归档"
    PAUSED = "paused", "暂缓"
    DROPPED = "dropped", "撤项"
    MERGED = "merged", "已并项"
    REFUSED = "refused", "不予立项"


OPEN = (Phase.DRAFT, Phase.ESTABLISHING, Phase.DOING, Phase.CHECKING, Phase.PAUSED)


class Task(models.Model):
    """督办事项. `amber` and `red` are the minutes from which its light turns (see the kernel).

    `origin` is what it was born from when that is no matter (`office.matters.origins`);
    `remind_at` when somebody is next reminded, and `remind_what` of what.
    """

    class Source(models.TextChoices):
        SUPERIOR_DOCUMENT = "superior_document", "上级来文"
        SUPERIOR_INSTRUCTION = "superior_instruction", "上级领导批示"
        OWN_INSTRUCTION = "own_leader_instruction", "本级领导批示"
        MEETING = "meeting_decision", "会议议定"
        TARGET = "annual_target", "年度目标"
        PROPOSAL = "proposal", "建议提案"
        PETITION = "petition", "信访"
        NEED = "need", "基层诉求"
        INSPECTION = "inspection_finding", "检查整改"
        RESEARCH = "research_finding", "调研转化"
        EMERGENCY = "emergency", "应急"

    matter = models.OneToOneField(
        "matters.Matter", primary_key=True, on_delete=models.CASCADE, related_name="task"
    )
    source = models.CharField("来源", max_length=24, choices=Source.choices)
    source_ref = models.CharField("来源文号、会议或出处", max_length=200, blank=True)
    rhythm = models.CharField("类别", max_length=12, choices=[(r.code, r.zh) for r in RHYTHMS])
    requirement = models.CharField("任务要求", max_length=1000)
    source_words = models.CharField("来源原文", max_length=2000, blank=True)
    lead = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+")
    assists = models.ManyToManyField("people.Unit", related_name="+", blank=True)
    leader = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    origin = models.CharField(max_length=80, blank=True, db_index=True, editable=False)
    into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    recurrence = models.ForeignKey(
        "Recurrence", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    phase = models.CharField(max_length=12, choices=Phase.choices, default=Phase.DRAFT)
    assigned_at = models.DateTimeField("交办", null=True)
    start = models.BigIntegerField()
    due = models.BigIntegerField()
    first_due_at = models.DateTimeField("原定时限")
    progress = models.PositiveSmallIntegerField("进度", default=0)
    reported_at = models.DateTimeField("最近报告", null=True)
    latest = models.CharField("最近进展", max_length=1000, blank=True)
    next_report = models.BigIntegerField(null=True)
    delivered_at = models.DateTimeField("报结", null=True)
    accepted_at = models.DateTimeField("办结", null=True)
    paused_at = models.DateTimeField(null=True)
    amber = models.BigIntegerField(default=FOREVER)
    red = models.BigIntegerField(default=FOREVER)
    remind_at = models.BigIntegerField(null=True)
    remind_what = models.CharField(max_length=8, blank=True)
    returns = models.PositiveSmallIntegerField("退回次数", default=0)
    chases = models.PositiveSmallIntegerField("催办次数", default=0)
    postponed = models.PositiveSmallIntegerField("延期次数", default=0)
    quality = models.CharField("办理质量", max_length=4, blank=True)
    quality_note = models.CharField("评价说明", max_length=500, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("red", "amber"),
                name="supervision_lights",
                condition=Q(phase__in=[str(phase) for phase in OPEN]),
            ),
            models.Index(
                fields=("lead", "due"),
                name="supervision_of_section",
                condition=Q(phase__in=[str(phase) for phase in OPEN]),
            ),
            models.Index(
                fields=("remind_at",),
                name="supervision_reminders",
                condition=Q(remind_at__isnull=False),
            ),
            models.Index(fields=("accepted_at",), name="supervision_closed"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(progress__lte=100), name="supervision_progress_is_percent"
            ),
            models.CheckConstraint(
                condition=~Q(pk=models.F("parent")) & ~Q(pk=models.F("into")),
                name="supervision_not_its_own_part",
            ),
        )

    def __str__(self) -> str:
        return self.requirement[:40]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.phase in OPEN

    @property
    def late(self) -> bool:
        """Whether it was handed in after its time: the red corner."""
        done = self.delivered_at
        return done is not None and clock.calendar().minute(done) > self.due


class Milestone(models.Model):
    """节点: what is to be reached until when, and how much of the whole that is."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="milestones")
    name = models.CharField("节点", max_length=120)
    due_on = models.DateField("时间")
    due = models.BigIntegerField()
    percent = models.PositiveSmallIntegerField("应到进度")
    met_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due", "id")

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """进展报告. The light and its reasons are those of the moment, and are never painted anew."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reports")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    progress = models.PositiveSmallIntegerField()
    text = models.CharField("进展", max_length=1000)
    why_less = models.CharField("进度回落原因", max_length=300, blank=True)
    help_wanted = models.CharField("需要协调", max_length=300, blank=True)
    light = models.CharField(max_length=5, choices=[(one, one) for one in Light])
    why = models.JSONField(default=list)
    evidence = models.ManyToManyField("files.File", related_name="+", blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.task_id} {self.progress}"


class Chase(models.Model):
    """催办: who chased, how, with what words."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="chased")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    rung = models.CharField(max_length=8, choices=[(code, zh) for code, zh, _ in LADDER])
    words = models.CharField("催办内容", max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.task_id} {self.rung}"


class Application(models.Model):
    """延期、暂缓、撤项、并项的申请: asked by one, decided by another, used once."""

    class What(models.TextChoices):
        POSTPONE = "postpone", "延期"
        PAUSE = "pause", "暂缓"
        DROP = "drop", "撤项"
        MERGE = "merge", "并项"

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="applications")
    what = models.CharField(max_length=8, choices=What.choices)
    reason = models.CharField("理由", max_length=500)
    until_on = models.DateField("延至", null=True)
    into = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    consenter = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    granted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    words = models.CharField("批复意见", max_length=500, blank=True)
    used = models.BooleanField(default=False)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("task",),
                condition=Q(granted__isnull=True),
                name="supervision_one_application_open",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=models.F("consenter")), name="supervision_not_own_consent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.task_id} {self.what}"


class DueChange(models.Model):
    """时限沿革: from when to when, and why; the first line is how it began."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="due_changes")
    before_at = models.DateTimeField(null=True)
    after_at = models.DateTimeField()
    why = models.CharField(max_length=500)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.task_id} {self.after_at:%Y-%m-%d}"


class Surety(models.Model):
    """Somebody answers for filing a paper although a task born from it is open. 签字负责."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="sureties")
    paper = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("说明", max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("task", "paper"), name="supervision_surety_once"),
        )

    def __str__(self) -> str:
        return f"{self.paper_id} {self.task_id}"


__all__ = [
    "Application",
    "AssistMark",
    "Bulletin",
    "Chase",
    "DueChange",
    "Edition",
    "Milestone",
    "Phase",
    "Recurrence",
    "Report",
    "Surety",
    "Task",
]
