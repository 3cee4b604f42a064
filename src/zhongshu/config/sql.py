"""The few statements of this package that no query can say. All literal. 数据库语句."""

from __future__ import annotations

from django.db import connections


def is_sqlite(using: str = "default") -> bool:
    """Whether this database is SQLite."""
    return connections[using].vendor == "sqlite"


def pragmas() -> dict[str, str]:
    """How SQLite is set on this connection."""
    found = {}
    with connections["default"].cursor() as cursor:
        for statement in (
            "PRAGMA journal_mode",
            "PRAGMA synchronous",
            "PRAGMA foreign_keys",
            "PRAGMA secure_delete",
        ):
            found[statement.removeprefix("PRAGMA ")] = _first(cursor.execute(statement).fetchone())
    return found


def server_settings() -> dict[str, str]:
    """How PostgreSQL is set for this session."""
    found = {}
    with connections["default"].cursor() as cursor:
        for statement in (
            "SHOW fsync",
            "SHOW full_page_writes",
            "SHOW synchronous_commit",
            "SHOW server_encoding",
        ):
            cursor.execute(statement)
            found[statement.removeprefix("SHOW ")] = _first(cursor.fetchone())
    return found


def server_version() -> int:
    """The version of PostgreSQL as it counts itself: 150018 for 15.18."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(_first(cursor.fetchone()))


def is_sound(using: str = "default") -> bool:
    """SQLite's own check of its file; a file that cannot even be checked is not sound."""
    with connections[using].cursor() as cursor:
        return _first(cursor.execute("PRAGMA integrity_check").fetchone()) == "ok"


def has_full_text(using: str = "default") -> bool:
    """Whether this SQLite was built with FTS5, which the search needs."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')")
        return _first(cursor.fetchone()) == "1"


def run(statements: list[str], using: str) -> None:
    """Run statements that Django itself made, such as those that set sequences after a load."""
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _first(row: tuple[object, ...] | None) -> str:
    return str(row[0]) if row else ""
