"""Looking into TOML tables: each value has a type and bounds, each mistake a place. 表格读取."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from zhongshu.kernel.flow.findings import Finding, finding
from zhongshu.kernel.worktime import Limit

MOST = {"nodes": 200, "fields": 200, "seats": 60, "edges": 40, "rows": 60, "depth": 6}
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
REFERENCE = re.compile(r"[^\s\x00-\x1f]{1,80}\Z")
LIMIT = re.compile(r"([1-9][0-9]{0,3})(m|h|d)\Z")


def at(where: str, key: str) -> str:
    """The place of a key inside a table; the outermost table has no name."""
    return f"{where}.{key}" if where else key


def is_reference(text: str) -> bool:
    """Whether a text can name something: short, in one piece, without invisible characters."""
    return REFERENCE.match(text) is not None and text.isprintable()


class Reader:
    """Collects findings while tables are turned into data."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def wrong(self, code: str, where: str, **about: object) -> None:
        """Something is wrong at a place."""
        self.findings.append(finding(code, where, **about))

    def table(self, value: Any, where: str) -> dict[str, Any]:
        """A table, or a finding and an empty one."""
        if isinstance(value, dict):
            return value
        self.wrong("not_a_table", where)
        return {}

    def tables(self, value: Any, where: str, most: str) -> list[dict[str, Any]]:
        """A list of tables, bounded."""
        if not isinstance(value, list):
            self.wrong("not_a_list", where)
            return []
        if len(value) > MOST[most]:
            self.wrong("too_many", where, most=MOST[most])
            return []
        return [self.table(one, f"{where}[{i}]") for i, one in enumerate(value)]

    def known(self, table: Mapping[str, Any], keys: frozenset[str], where: str) -> None:
        """No key but these."""
        for key in sorted(table.keys() - keys):
            self.wrong("unknown_key", where, key=key[:40])

    def take(self, table: Mapping[str, Any], key: str, kind: type, default: Any, where: str) -> Any:
        """A value of exactly this type, or the default."""
        value = table.get(key, default)
        if type(value) is not kind:
            self.wrong("wrong_type", at(where, key), needed=kind.__name__)
            return default
        return value

    def text(self, table: Mapping[str, Any], key: str, where: str, default: str = "") -> str:
        """One line of text."""
        value: str = self.take(table, key, str, default, where)
        if len(value) > 100 or not value.isprintable():
            self.wrong("bad_text", at(where, key))
            return default
        return value

    def id(self, table: Mapping[str, Any], key: str, where: str) -> str:
        """An identifier: small letters, digits, underscores."""
        value = self.text(table, key, where)
        if not IDENTIFIER.match(value):
            self.wrong("bad_id", at(where, key), value=value)
        return value

    def whole(self, table: Mapping[str, Any], key: str, where: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        default = max(least, 1)
        value: int = self.take(table, key, int, default, where)
        if not least <= value <= most:
            self.wrong("out_of_bounds", at(where, key), least=least, most=most)
            return default
        return value

    def choice(
        self, table: Mapping[str, Any], key: str, options: tuple[str, ...], where: str
    ) -> str:
        """One of the options; the first is the default."""
        value = self.text(table, key, where, options[0])
        if value not in options:
            self.wrong("not_an_option", at(where, key), options=", ".join(options))
            return options[0]
        return value

    def words(self, table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        """A list of references."""
        value = self.take(table, key, list, [], where)
        if not all(isinstance(one, str) and is_reference(one) for one in value):
            self.wrong("wrong_type", at(where, key), needed="list of texts")
            return ()
        return tuple(value)

    def limit(self, table: Mapping[str, Any], key: str, where: str) -> Limit | None:
        """A span of working time: 30m, 8h or 3d."""
        if key not in table:
            return None
        found = LIMIT.match(self.text(table, key, where))
        if found is None:
            self.wrong("bad_limit", at(where, key))
            return None
        amount = int(found[1])
        if found[2] == "d":
            return Limit(amount, "days")
        return Limit(amount * (60 if found[2] == "h" else 1))
