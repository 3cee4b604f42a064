"""Tables of search: the texts a matter is found by. The index beside them is made by `engine`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Document(models.Model):
    """A text, or a piece of a long one, by which a matter is found.

    The key holds the matter in its upper digits and a place in its lower (see `places`), so the
    index alone says whose a hit is, and its order is that of the matters, newest last.
    """

    class Part(models.TextChoices):
        TITLE = "title", "标题"
        NUMBER = "number", "编号"
        FORM = "form", "正文"
        OPINION = "opinion", "意见"
        COMMENT = "comment", "留言"
        FILE = "file", "附件"
        REGISTER = "register", "登记"

    id = models.BigIntegerField(primary_key=True)
    matter = models.ForeignKey(
        "matters.Matter", on_delete=models.CASCADE, related_name="documents", db_index=False
    )
    part = models.CharField(max_length=8, choices=Part.choices)
    source = models.CharField(max_length=64, blank=True)
    text = models.TextField()
    spelling = models.TextField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    id__gte=models.F("matter") * (1 << 24),
                    id__lt=(models.F("matter") + 1) * (1 << 24),
                ),
                name="search_document_stands_with_its_matter",
            ),
        )
        indexes = (
            models.Index(
                fields=("spelling",),
                name="search_number",
                condition=Q(part="number"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.part} {self.id >> 24}"
