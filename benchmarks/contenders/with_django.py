"""The peers that live in Django, and what Django's own ORM costs with no engine at all.

django-fsm-2 is a field with guards: no people, no to-do list; the caller keeps both. viewflow has
tasks and assignment, and no journal: one row is added beside it, as everybody else writes one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django
from django.conf import settings

from .store import DURABLE, FORM, OPINION

WORDS = ("register", "propose", "instruct", "handle", "close")
Case = Callable[[], int]


def setup(folder: Path) -> None:
    """Settings and tables, once per process."""
    if settings.configured:
        return
    settings.configure(
        SECRET_KEY="only for measuring",  # pragma: allowlist secret
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "viewflow",
            "viewflow.workflow",
            "contenders.peer_app",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "django.sqlite3",
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "; ".join(DURABLE),
                },
            }
        },
        MIGRATION_MODULES=dict.fromkeys(("auth", "contenttypes", "viewflow")),  # tables at once
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # needs settings

    call_command("migrate", run_syncdb=True, verbosity=0)
    from django.contrib.auth.models import User  # noqa: PLC0415  # needs settings

    User.objects.bulk_create(User(pk=i, username=f"u{i}") for i in range(1, 21))


def _models() -> Any:
    from contenders.peer_app import models  # noqa: PLC0415  # needs settings

    return models


@contextmanager
def orm(folder: Path, steps: int) -> Iterator[Case]:
    """The floor once more, through the ORM: one UPDATE and two INSERT."""
    setup(folder)
    from django.db import transaction  # noqa: PLC0415  # needs settings
    from django.utils import timezone  # noqa: PLC0415  # needs settings

    models = _models()

    def case() -> int:
        matter = None
        for step in range(steps):
            with transaction.atomic():
                if step == 0:
                    matter = models.Matter.objects.create(title=FORM["title"])
                assert matter is not None
                mine = models.Matter.objects.filter(pk=matter.pk, version=step)
                assert mine.update(state=WORDS[step], version=step + 1) == 1
                models.keep(matter.pk, 8, timezone.now(), close=False)
        return steps

    yield case


@contextmanager
def fsm_memory(folder: Path, steps: int) -> Iterator[Case]:
    """The guarded field alone, never saved."""
    setup(folder)
    models = _models()

    def case() -> int:
        matter = models.Guarded(title=FORM["title"])
        for word in WORDS[:steps]:
            getattr(matter, word)()
        assert matter.state == WORDS[steps - 1]
        return steps

    yield case


@contextmanager
def fsm(folder: Path, steps: int) -> Iterator[Case]:
    """Loaded, moved, saved; a journal row and a to-do row beside it."""
    setup(folder)
    from django.db import transaction  # noqa: PLC0415  # needs settings
    from django.utils import timezone  # noqa: PLC0415  # needs settings

    models = _models()

    def case() -> int:
        key = None
        for step, word in enumerate(WORDS[:steps]):
            with transaction.atomic():
                matter = (
                    models.Guarded.objects.get(pk=key)
                    if step
                    else models.Guarded.objects.create(title=FORM["title"])
                )
                key = matter.pk
                getattr(matter, word)()
                matter.save()
                models.keep(key, 8, timezone.now(), close=step > 0)
        return steps

    yield case


@contextmanager
def viewflow(folder: Path, steps: int) -> Iterator[Case]:
    """The calls that a viewflow page makes on POST, without the page."""
    setup(folder)
    from django.contrib.auth.models import User  # noqa: PLC0415  # needs settings
    from django.db import transaction  # noqa: PLC0415  # needs settings

    from contenders.peer_app.flow import MatterFlow, proceed, start  # noqa: PLC0415  # settings

    models = _models()
    request = SimpleNamespace(user=User.objects.get(pk=7), GET={}, POST={})

    def case() -> int:
        process = 0
        for number, word in enumerate(WORDS[:steps]):
            with transaction.atomic():
                if number == 0:
                    process = start(request, FORM["title"])
                else:
                    proceed(request, process, word, OPINION)
                models.tell(process)
        return steps

    yield case
    assert not MatterFlow.process_class.objects.exclude(status="DONE").exists()
