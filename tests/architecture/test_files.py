"""S12 to S16 as shape: one reader of XML, one jail, no path out of a person's words."""

import ast

from .source import ROOT, modules

FILES = "zhongshu.office.files"
XML = {"xml", "lxml", "defusedxml", "bs4", "html5lib", "xmltodict"}
# What reads strangers' files, and who may import it.
PARSERS = {
    "pypdfium2": {
        f"{FILES}.readers.{name}" for name in ("pdf", "pdf_layout", "pdf_letters", "pdf_marks")
    },
    "python_calamine": {f"{FILES}.readers.sheets"},
    "rapidocr": {f"{FILES}.readers.sight"},
    "zipfile": {f"{FILES}.packages"},
    "tarfile": set(),
    "PIL.ImageFile": set(),
}
CHILDREN = (f"{FILES}.jailed", f"{FILES}.seeing")
INSIDE = (f"{FILES}.readers.", f"{FILES}.packages", f"{FILES}.markup", f"{FILES}.kinds")


def imported(tree: ast.Module) -> set[str]:
    """The full names of everything a module imports."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def test_only_one_module_reads_xml() -> None:
    """S16. Types of the tree may be named; the parser may not."""
    harmless = {"xml", "xml.etree", "xml.etree.ElementTree", "xml.etree.ElementTree.Element"}
    readers = [
        (name, module)
        for name, _, tree in modules()
        for module in sorted(imported(tree))
        if module.split(".")[0] in XML and module not in harmless and name != f"{FILES}.markup"
    ]
    assert readers == []
    calls = {"fromstring", "iterparse", "XMLParser", "XMLPullParser", "ParserCreate"}
    called = [
        f"{name}:{node.lineno}"
        for name, _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in calls and name != f"{FILES}.markup"
    ]
    assert called == []


def test_each_parser_of_strangers_files_has_one_door() -> None:
    """S17."""
    wrong = [
        (name, module)
        for name, _, tree in modules()
        for module in imported(tree)
        for parser, allowed in PARSERS.items()
        if (module == parser or module.startswith(parser + ".")) and name not in allowed
    ]
    assert wrong == []


def test_readers_are_used_inside_the_jail_only() -> None:
    """Outside, only the shapes of their answers are known."""
    shapes = {f"{FILES}.readers.found", f"{FILES}.readers.found.Found"}
    wrong = []
    for name, path, tree in modules():
        inside = name in CHILDREN or name.startswith(INSIDE)
        near = path.parent == ROOT / "office" / "files"
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and not inside:
                module = f"{FILES}.{node.module}" if node.level and near else node.module or ""
                if module.startswith((f"{FILES}.readers", f"{FILES}.packages")):
                    wrong += [(name, module)] if module not in shapes else []
    assert wrong == []


def test_what_runs_in_the_jail_knows_nothing_of_the_office() -> None:
    """No Django, no database, no settings: there is nothing to steal."""
    allowed = (
        *(FILES, "zhongshu.office.refusal", "zhongshu.kernel.errors"),
        "zhongshu.kernel.papers.layout",
    )
    wrong = []
    for name, _, tree in modules("office/files/**/*.py"):
        if name in (*CHILDREN, f"{FILES}.walls") or name.startswith(INSIDE):
            wrong += [
                (name, module)
                for module in imported(tree)
                if module.startswith("django")
                or (module.startswith("zhongshu") and not module.startswith(allowed))
            ]
    assert wrong == []


def test_no_path_is_made_of_a_name() -> None:
    """S14. In the store a path is joined of constants and of a digest, and nowhere else at all."""
    joins = []
    for name, path, tree in modules("office/files/*.py"):
        if path.stem in ("jailed", "walls", "jail", "fonts", "markup", "packages"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
                joins.append((name.removeprefix(FILES + "."), ast.unparse(node.right)))
    assert sorted(set(joins) - {("store", "'coming'"), ("store", "'lock'")}) == [
        ("previews", "'cache'"),
        ("previews", "digest[:2]"),
        ("previews", "f'{digest}-{number:d}-{width:d}.png'"),
        ("store", "digest"),
        ("store", "digest[2:4]"),
        ("store", "digest[:2]"),
    ]
