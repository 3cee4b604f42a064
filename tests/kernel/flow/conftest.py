"""Golden transcripts: every play of every test is also a record, to the last word of its events.

A test says what matters in its situation; the transcript notices everything else: a name missing
from a note, a reason that lost its person, an effect that no longer tells where it came from.
After a change that is meant, look at what changed and write them anew:

    ZHONGSHU_GOLDEN=write .venv/bin/pytest tests/kernel/flow -m "not slow" -n 0
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .world import RECORD

FILE = Path(__file__).with_name("golden.json")
GOLDEN: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
WRITE = os.environ.get("ZHONGSHU_GOLDEN") == "write"


@pytest.fixture(autouse=True)
def transcript(request: pytest.FixtureRequest) -> Iterator[None]:
    """Compare what was played with what was played before."""
    RECORD.clear()
    yield
    name = f"{request.node.path.stem}::{request.node.name}"
    if not RECORD or request.node.get_closest_marker("slow"):
        return
    digest = hashlib.sha256("\n".join(RECORD).encode()).hexdigest()[:24]
    if WRITE:
        GOLDEN[name] = digest
        FILE.write_text(json.dumps(GOLDEN, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    assert GOLDEN.get(name) == digest, f"the transcript changed ({len(RECORD)} steps)"
