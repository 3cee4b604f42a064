"""Frozen data as JSON of which equal data gives equal bytes, to be digested. 规范形式."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: equal data gives equal bytes."""
    return _encode(value).encode()


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def plain(value: Any) -> Any:
    """Frozen data as dicts and lists; each dataclass carries its name, so that kinds differ."""
    if is_dataclass(value) and not isinstance(value, type):
        inside = {field.name: plain(value.__dict__[field.name]) for field in fields(value)}
        return {"is": type(value).__name__, **inside}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value
