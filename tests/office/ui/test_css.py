"""The style sheets keep their own rules, and readable colours by day and by night."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.architecture.source import ROOT

from .source import used_classes
from .stylesheet import classes, contrast, home, sheets, tokens

COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklch|oklab|color)a?\(", re.I)
COLOURED = {"tokens.css": None, "dark.css": None, "print.css": {"#000"}}
PAPERS = ("sheet", "desk", "sunk", "raised")
# Page layouts of apps that are still to be built; each leaves this list with its app.
LATER = {
    "documents": "a4 a4-area a4-guide a4-head a4-no a4-no-page a4-rule a4-body to draft draft-page "
    "draft-bar measure register register-scan register-form zones wide",
    "supervision": "tree weight",
    "desk": "quality figure after trend-box books open stages thread page-side part",
    "charts of these": "grid span open-dot t-mid t-red t-small",
    "sign-in": "signin-code",
    "htmx": "htmx-request htmx-indicator",
}
DAY, NIGHT = tokens("tokens.css"), tokens("tokens.css", "dark.css")


def test_nothing_shouts_and_nothing_is_picked_by_its_id() -> None:
    for name, text in sheets().items():
        assert "!important" not in text, name
        selectors = re.sub(r"\{[^{}]*\}", "{}", text)
        assert not re.search(r"#[a-z_]", re.sub(r'"[^"]*"', "", selectors)), name


def test_only_tokens_name_a_colour() -> None:
    for name, text in sheets().items():
        allowed = COLOURED.get(name, set())
        if allowed is not None:
            assert set(COLOUR.findall(text)) <= allowed, name


def test_only_tokens_name_a_face() -> None:
    for name, text in sheets().items():
        if name != "tokens.css":
            assert set(re.findall(r'"([^"]*)"\s*,', text)) <= {"SimSun"}, name


def test_every_token_used_is_defined_and_every_one_defined_is_used() -> None:
    everything = "\n".join(sheets().values())
    defined = set(re.findall(r"(--[\w-]+)\s*:", everything))
    used = set(re.findall(r"var\((--[\w-]+)", everything))
    assert used <= defined
    assert defined - used == set()


def test_every_class_used_is_defined() -> None:
    defined = set().union(*(classes(text) for text in sheets().values()))
    unknown = {name: places for name, places in used_classes().items() if name not in defined}
    assert unknown == {}


def test_every_class_defined_is_used_or_waits_for_its_page() -> None:
    defined = set().union(*(classes(text) for text in sheets().values()))
    later = set(" ".join(LATER.values()).split())
    assert sorted(defined - set(used_classes()) - later) == []
    assert sorted(later - defined) == []


@pytest.mark.parametrize("theme", [DAY, NIGHT], ids=["day", "night"])
def test_text_is_readable(theme: dict[str, str]) -> None:
    pairs = [(ink, paper) for ink in ("ink", "ink-2", "ink-3") for paper in PAPERS]
    pairs += [(ink, paper) for ink in ("red", "green", "amber", "blue") for paper in PAPERS]
    pairs += [(ink, f"{ink}-soft") for ink in ("red", "amber")]
    pairs += [(ink, f"{tone}-soft") for ink in ("ink", "ink-2") for tone in ("red", "amber")]
    pairs += [("on-ink", "ink"), ("on-ink", "ink-2"), ("on-red", "red")]
    pairs += [("sheet", "red"), ("sheet", "ink"), ("sheet", "amber"), ("sheet", "ink-3")]
    pairs += [("ink", "plot-2"), ("paper-ink", "paper"), ("paper-must", "paper")]
    weak = {
        f"{a} on {b}": round(c, 2) for a, b in pairs if (c := contrast(theme[a], theme[b])) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("theme", [DAY, NIGHT], ids=["day", "night"])
def test_what_is_not_text_is_seen(theme: dict[str, str]) -> None:
    pairs = [(line, paper) for line in ("edge", "focus", "plot") for paper in PAPERS]
    pairs += [("tape", "sheet"), ("tape", "desk"), ("paper-tape", "paper")]  # large red heads
    weak = {f"{a} on {b}": round(c, 2) for a, b in pairs if (c := contrast(theme[a], theme[b])) < 3}
    assert weak == {}


def test_night_renames_and_never_adds() -> None:
    assert set(tokens("dark.css")) <= set(DAY)
    kept = {name for name in DAY if name.startswith("paper-") or name in {"tape"}}
    assert set(DAY) - set(tokens("dark.css")) - kept == set()


def test_every_sheet_is_imported_in_its_layer() -> None:
    text = (home() / "app.css").read_text("utf-8")
    imported = re.findall(r'@import "([^"]+)" layer\((tokens|base|components|print)\)', text)
    assert {name for name, _ in imported} == set(sheets()) - {"app.css", "dark.css"}
    assert all((layer == "components") == ("/" in name) for name, layer in imported)


def test_static_files_are_collected_hashed_and_compressed(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", verbosity=0, interactive=False)
    (app,) = (tmp_path / "ui").glob("app.????????????.css")
    text = app.read_text("utf-8")
    assert re.search(r'@import url\("tokens\.[0-9a-f]{12}\.css"\) layer\(tokens\)', text)
    assert not re.search(r'@import "', text)
    assert app.with_suffix(".css.gz").exists()
    assert list((tmp_path / "ui").glob("icons.????????????.svg"))
    for path in re.findall(r'url\("([^"]+)"\)', text):
        assert (tmp_path / "ui" / path).exists(), path


def test_the_product_ships_what_pages_need() -> None:
    assert (ROOT / "config" / "locale" / "en" / "LC_MESSAGES" / "django.mo").exists()
