"""The tree is the architecture: what stands where, how long, and what it may say."""

import ast

from .source import HOUSE, ROOT, STOREYS, functions, modules

LONGEST = 300  # lines of one file
# An outsider runs this file alone, so it may not be split.
LONGER = {"zhongshu.kernel.journal.verify": 440}
DRAWERS = {"core", "common", "utils", "helpers", "services", "base", "lib", "misc"}


def test_the_top_level_is_the_storeys() -> None:
    names = {path.name for path in ROOT.iterdir() if path.is_dir()} - {"__pycache__"}
    assert names <= set(STOREYS)


def test_there_are_no_drawers() -> None:
    assert [name for name, path, _ in modules() if DRAWERS & {path.stem, path.parent.name}] == []


def test_files_keep_their_budget() -> None:
    long = [
        name
        for name, path, _ in modules()
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGER.get(name, LONGEST)
    ]
    assert long == []


def test_imports_stand_at_the_top() -> None:
    inside = [
        f"{name}:{node.lineno}"
        for name, _, tree in modules()
        for function in functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_every_module_and_public_function_says_what_it_is_for() -> None:
    silent = [name for name, _, tree in modules() if not ast.get_docstring(tree)]
    silent += [
        f"{name}.{function.name}"
        for name, _, tree in modules()
        for function in functions(tree)
        if not function.name.startswith("_") and not ast.get_docstring(function)
    ]
    assert silent == []


def test_the_kernel_never_evaluates_text() -> None:
    banned = {"eval", "exec", "compile", "__import__", "getattr", "open"}
    calls = [
        f"{name}:{node.lineno}"
        for name, _, tree in modules("kernel/**/*.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in banned
    ]
    assert calls == []


def test_locks_name_no_host() -> None:
    for lock in (HOUSE / "requirements").glob("*.txt"):
        assert "://" not in lock.read_text(encoding="utf-8"), lock
