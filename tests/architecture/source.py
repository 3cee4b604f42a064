"""Reading the source tree, for the tests beside this file."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parents[2]
ROOT = HOUSE / "src" / "zhongshu"
STOREYS = ["kernel", "office", "apps", "desk", "config"]  # low to high


def modules(pattern: str = "**/*.py") -> Iterator[tuple[str, Path, ast.Module]]:
    """Every module of the product: dotted name, path, tree."""
    for path in sorted(ROOT.glob(pattern)):
        if "migrations" not in path.parts and "tests" not in path.parts:
            dotted = ".".join(("zhongshu", *path.relative_to(ROOT).with_suffix("").parts))
            yield dotted, path, tree_of(path)


@cache
def tree_of(path: Path) -> ast.Module:
    """The tree of a file, read once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.AST) -> list[ast.FunctionDef]:
    """All functions and methods of a module."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
