"""Tables of files: bytes by digest, and what a file is called where."""

from __future__ import annotations

from django.db import models

from zhongshu.office import clock

from . import kinds


class Blob(models.Model):
    """Bytes, once, under their SHA-256. `state` is what the last scrub found; `kind` is of `kinds`.

    `text` is for the search, filled by whoever reads the file later.
    """

    class State(models.TextChoices):
        SOUND = "sound", "完好"
        DAMAGED = "damaged", "已损坏"
        MISSING = "missing", "缺失"

    digest = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    pages = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.SOUND)
    checked_at = models.DateTimeField(null=True)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.digest[:12]


class File(models.Model):
    """A blob with the name somebody gave it. `subject` says whose file it is: "matter:<key>"."""

    key = models.CharField(max_length=32, unique=True, default=clock.token, editable=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="files")
    name = models.CharField("文件名", max_length=200)
    subject = models.CharField(max_length=80, db_index=True)
    added_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("added_at", "id")
        indexes = (models.Index(fields=("added_by", "added_at"), name="files_file_of_a_day"),)

    def __str__(self) -> str:
        return self.name

    @property
    def of(self) -> kinds.Kind:
        """What the content is."""
        return kinds.KINDS[self.blob.kind]
