"""Tables of what stands beside the flow of a matter: remarks, watchers, tags, links. 旁记.

None of it moves a matter, and none of it lets anybody see one.
"""

from __future__ import annotations

from django.db import models

from zhongshu.office import clock


class Watch(models.Model):
    """Somebody who wants to hear how a matter goes. It is no right: what he may not see he is not
    told."""

    matter = models.ForeignKey("Matter", on_delete=models.CASCADE, related_name="watches")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "matter"), name="matters_watch_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.matter_id}"


class Link(models.Model):
    """One matter followed from another."""

    class Why(models.TextChoices):
        RELATED = "related", "有关"
        CHILD = "child", "子流程"
        REOPENED = "reopened", "重新办理"
        TASK = "task", "交办"
        CANCEL = "cancel", "申请撤销"
        RESUBMITTED = "resubmitted", "补正重报"
        SUPERVISED = "supervised", "督办"
        PART = "part", "分解"
        MERGED = "merged", "并项"

    earlier = models.ForeignKey("Matter", on_delete=models.PROTECT, related_name="followed_by")
    later = models.ForeignKey("Matter", on_delete=models.PROTECT, related_name="follows")
    why = models.CharField(max_length=40, choices=Why.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("earlier", "later", "why"), name="matters_link_once"),
            models.CheckConstraint(
                condition=~models.Q(earlier=models.F("later")), name="matters_link_two_matters"
            ),
        )

    def __str__(self) -> str:
        return self.why


class Tag(models.Model):
    """A word that groups matters."""

    name = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    """A remark beside the flow; never an opinion, never edited. `once` names the press of the
    button, so that two presses are one remark."""

    matter = models.ForeignKey("Matter", on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    text = models.TextField("留言", max_length=2000)
    at = models.DateTimeField()
    once = models.CharField(max_length=64, default=clock.token)
    entry = models.OneToOneField("journal.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("by", "once"), name="matters_comment_once"),)

    def __str__(self) -> str:
        return self.text[:20]
