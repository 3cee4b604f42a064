"""Both databases for every test that needs one: SQLite always, PostgreSQL where it is installed."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import Phase, settings

from .postgres import binaries, cluster

settings.register_profile("house", deadline=None)  # a slow machine is not a broken rule
settings.load_profile("house")

if "MUTANT_UNDER_TEST" in os.environ:  # what matters is whether it is noticed, not how simply
    quick = [phase for phase in Phase if phase not in {Phase.shrink, Phase.explain}]
    settings.register_profile("mutant", deadline=None, phases=quick)
    settings.load_profile("mutant")


DATABASE = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A run on another database asks only what touches one; the rest was asked on the first."""
    if os.environ.get("ZHONGSHU_DATABASE"):
        idle = [item for item in items if not _touches_a_database(item)]
        config.hook.pytest_deselected(items=idle)
        items[:] = [item for item in items if _touches_a_database(item)]


def _touches_a_database(item: pytest.Item) -> bool:
    names = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not DATABASE.isdisjoint(names)


@pytest.fixture(autouse=True)
def _chinese() -> None:
    """Each test begins in the language of the house, whatever a page before it was asked in."""
    translation.activate("zh-hans")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A throw-away cluster on a free port; its connection string. Skips where there is none."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with cluster(programs) as port:
        yield f"host=127.0.0.1 port={port} user=zhongshu dbname=postgres"
