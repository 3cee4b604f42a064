"""Rows as lines of text and back, the same on every database. 行与文本.

A table is its columns in a fixed order and its rows by primary key, so that two databases which
hold the same have the same lines, and the same digest.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.apps import apps as current
from django.apps.registry import Apps
from django.db.models import BinaryField, DateTimeField, Field, JSONField, Model

CHUNK = 500
# What lives only as long as a sign-in stays behind: whoever restores must sign in anew.
LEFT_OUT = frozenset({"sessions.Session", "usersessions.UserSession"})


class Sum(NamedTuple):
    """What a table comes to."""

    rows: int
    digest: str


def tables(apps: Apps = current) -> list[type[Model]]:
    """Every table that is carried, in a fixed order; of this version, or of an earlier one."""
    models = (
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in LEFT_OUT
    )
    return sorted(models, key=lambda model: model._meta.db_table)


def columns(model: type[Model]) -> list[Field[Any, Any]]:
    """Its columns, in a fixed order."""
    return sorted(model._meta.local_concrete_fields, key=lambda field: field.attname)


def read(model: type[Model], using: str) -> Iterator[str]:
    """Its rows as lines, without holding them all."""
    names = [field.attname for field in columns(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=CHUNK):
        yield json.dumps([_plain(value) for value in row], ensure_ascii=False, sort_keys=True)


def total(lines: Iterable[str]) -> Sum:
    """Count and digest of the lines of a table."""
    count, digest = 0, hashlib.sha256()
    for line in lines:
        count += 1
        digest.update(line.encode() + b"\n")
    return Sum(count, digest.hexdigest())


def write(model: type[Model], names: list[str], lines: Iterable[str], using: str) -> None:
    """Put rows into an empty table exactly as they were: no defaults, no time of now."""
    by_name = {field.attname: field for field in columns(model)}
    fields = [by_name[name] for name in names]
    batch: list[Model] = []
    for line in lines:
        values = json.loads(line)
        pairs = zip(fields, values, strict=True)
        batch.append(model(**{field.attname: _back(field, value) for field, value in pairs}))
        if len(batch) == CHUNK:
            _insert(model, batch, fields, using)
            batch = []
    if batch:
        _insert(model, batch, fields, using)


def _insert(
    model: type[Model], batch: list[Model], fields: list[Field[Any, Any]], using: str
) -> None:
    """`raw`, as Django's own loader does it: a column that sets itself is not set anew."""
    most = 900 // len(fields) or 1  # SQLite takes no more values at once on old builds
    manager: Any = model._base_manager
    for start in range(0, len(batch), most):
        manager._insert(batch[start : start + most], fields=fields, using=using, raw=True)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value


def _back(field: Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, JSONField):
        return value
    if isinstance(field, BinaryField):
        return base64.b64decode(cast(str, value))
    if isinstance(field, DateTimeField):
        return datetime.fromisoformat(value)
    return field.to_python(value)
