"""Tables of the journal: entries, the tree that seals them, heads, salts of personal fields.

Rows of an entry are written once. `place` is its place in the tree and is given when it is
sealed: at once on SQLite, where one writes at a time, and by the sealer on PostgreSQL, where a
shared row would make all acts wait for each other.
"""

from __future__ import annotations

from django.db import models


class Journal(models.Model):
    """One journal; `size` and `peaks` are the front of its tree: how far it is sealed.

    A new one is opened only to change the algorithm.
    """

    key = models.CharField(max_length=32, unique=True)
    alg = models.CharField(max_length=6)
    opened_at = models.DateTimeField()
    size = models.BigIntegerField(default=0)
    peaks = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return self.key


class Entry(models.Model):
    """One act. `spelt` are its canonical bytes; the other columns repeat what is searched for."""

    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="entries")
    key = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, db_index=True)
    person = models.CharField(max_length=80)
    spelt = models.BinaryField()
    place = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("journal", "place"), name="journal_entry_one_at_a_place"
            ),
        )
        indexes = (
            models.Index(
                fields=("id",),
                name="journal_entry_unsealed",
                condition=models.Q(place__isnull=True),
            ),
            models.Index(fields=("at", "id"), name="journal_entry_by_day"),
            models.Index(fields=("person", "at", "id"), name="journal_entry_by_person"),
            models.Index(fields=("verb", "at", "id"), name="journal_entry_by_verb"),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"


class Node(models.Model):
    """A node of the tree over the leaves `index * 2**level`; never changes.

    Leaves are not kept: their hash follows from the entry.
    """

    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="nodes")
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("journal", "level", "index"), name="journal_node_once"),
        )

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Head(models.Model):
    """The head of the tree after a sealing that was published."""

    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="heads")
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    published = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("journal", "size"), name="journal_head_once"),
        )

    def __str__(self) -> str:
        return f"{self.size} {self.root[:12]}"


class Salt(models.Model):
    """What a sealed personal field said, and its salt. Deleting the row forgets it for good."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="salts")
    name = models.CharField(max_length=40)
    salt = models.BinaryField()
    value = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("entry", "name"), name="journal_salt_once"),)

    def __str__(self) -> str:
        return self.name
