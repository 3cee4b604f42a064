"""Components: a missing parameter does not compile, a wrong one raises, hostile text stays text."""

from __future__ import annotations

import pytest
from django.forms import CharField, Form
from django.template import Context, Template, TemplateSyntaxError

from zhongshu.office.ui.templatetags import ui
from zhongshu.office.ui.templatetags.html import ICONS, address, drawn

from .html import HOSTILE, JS, MARK, seen
from .samples import call, functions, named

# The frame's own: they take what the request and the installation say, not text.
FRAME = {"rail", "night_media", "night_other", "bureau", "account_pages", "address_of"}
TAGS = sorted(set(functions()) - FRAME)


def test_all_components_are_in_the_one_library() -> None:
    assert set(ui.register.tags) == set(functions())


@pytest.mark.parametrize("name", TAGS)
def test_a_component_is_told_everything_by_name(name: str) -> None:
    needed = [one.name for one in named(functions()[name]) if one.default is one.empty]
    end = "{% end" + name + " %}"
    for left_out in needed:
        given = " ".join(f"{one}=x" for one in needed if one != left_out)
        with pytest.raises(TemplateSyntaxError, match=f"(?s)did not receive.*{left_out}"):
            Template("{% " + name + " " + given + " %}" + end)
    with pytest.raises(TemplateSyntaxError):
        Template("{% " + name + " " + " ".join(f"{n}=x" for n in needed) + " odd=x %}" + end)
    with pytest.raises(TemplateSyntaxError):
        Template("{% " + name + " 'by place' %}" + end)


@pytest.mark.parametrize("name", TAGS)
def test_hostile_text_stays_text(name: str) -> None:
    plain, poisoned = seen(call(name)), seen(call(name, HOSTILE))
    assert poisoned.skeleton == plain.skeleton
    assert poisoned.comments == []
    assert all(MARK not in value for attr, value in poisoned.values if attr in {"href", "action"})


@pytest.mark.parametrize("name", TAGS)
def test_no_component_leads_into_code(name: str) -> None:
    values = seen(call(name, JS)).values
    leading = {"href", "action", "src", "formaction", "hx-get", "hx-post"}
    assert [value for attr, value in values if attr in leading and "script" in value] == []


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("icon", {"name": "nosuch"}),
        ("button", {"rank": "loud"}),
        ("button", {"key": "j"}),
        ("button", {"size": "huge"}),
        ("button", {"type": "image"}),
        ("mark", {"kind": "pink"}),
        ("state", {"kind": "odd"}),
        ("light", {"kind": "pink"}),
        ("banner", {"tone": "loud"}),
        ("dialog", {"rank": "quiet"}),
        ("cell", {"kind": "odd"}),
        ("opinion", {"kind": "odd"}),
        ("finding", {"tone": "odd"}),
        ("field", {"sure": "quite"}),
    ],
)
def test_a_wrong_choice_is_a_fault_of_the_template(name: str, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"is none of|there is no icon|is taken|no cell"):
        call(name, **wrong)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("/matters/7/", "/matters/7/"),
        ("/matters/7/?a=1&b=2#c", "/matters/7/?a=1&b=2#c"),
        ("?page=2", "?page=2"),
        ("#main", "#main"),
        ("https://example.org/", "https://example.org/"),
        ("javascript:alert(1)", "#"),
        (" javascript:alert(1)", "#"),
        ("JaVaScript:alert(1)", "#"),
        ("java\tscript:alert(1)", "#"),
        ("data:text/html,x", "#"),
        ("//evil.example/", "#"),
        ("/\\evil.example/", "#"),
        ("/a\nb", "#"),
        ("https:/evil", "#"),
        ("", "#"),
    ],
)
def test_an_address_is_an_address(given: str, taken: str) -> None:
    assert address(given) == taken


def test_an_icon_is_drawn_from_the_sprite() -> None:
    assert 'href="/static/ui/icons.svg#i-desk"' in drawn("desk")
    assert len(ICONS) > 40


def test_what_may_be_left_out_is_left_out() -> None:
    assert "<kbd" not in call("button", key="")
    assert call("button", href="").startswith("<button")
    assert call("button", href="/x", disabled=False).startswith("<a ")
    assert call("button", href="/x", disabled=True).startswith("<button")
    assert 'aria-label="文"' in call("button", bare=True)
    assert 'aria-label="文"' not in call("button", bare=False)
    assert call("button", rank="plain", size="usual", post="", get="", key="↵").count("data-") == 1
    assert "due" not in call("queue_row", at=None, mark="", ask="", more="")
    assert "paper-due" not in call("paper_head", at=None)
    assert "bar" not in call("paper_head", since=None)
    assert "bar" not in call("due", since=None)
    assert "<small>" not in call("due", words=False)
    assert 'data-due="met"' in call("due", closed=True)
    assert "bar-plan" not in call("bar", plan=None)
    assert "aria-hidden" in call("bar", label="")
    assert "<a" not in call("part_head", href="")
    assert "<a" not in call("slim_row", href="")
    assert "<a" not in call("pager", before="", after="")
    assert "switch" not in call("filters", choices=())
    assert "fieldset" not in call("field")


def test_what_may_be_left_out_of_a_paper_is_left_out() -> None:
    assert "<dl>" not in call("finding", found="", expected="")
    assert "待封存" in call("proof", sealed=False, href="")
    assert "hand" not in call("opinion", text="")
    assert "<header>" not in call("opinion", kind="note")
    assert "现在" in call("opinion", at=None)
    assert 'class="tick"' in call("tick", pressed=False)
    assert "data-density" not in call("sheet", tight=False)
    assert "95%" not in call("rate", low=None, high=None)
    assert "role" not in call("banner", alert=False)
    assert "page-do" not in str(functions()["page_head"]("  ", title="题"))
    assert "data-read" in call("tick", pressed=True)
    assert "limit" not in call("chart_line", limit=None)


def test_the_number_of_a_rate_needs_ten() -> None:
    assert "40.0%" in call("rate", part=16, whole=40)
    few = call("rate", part=2, whole=5)
    assert "2 / 5" in few
    assert "%</b>" not in few


class Odd(Form):
    """A form whose words are hostile."""

    name = CharField(label=HOSTILE, help_text=HOSTILE, max_length=3)


def test_a_field_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    for given in (Odd({"name": HOSTILE}), Odd({"name": ""})):
        html = Template("{% faults form=form %}{% field bound=form.name %}").render(
            Context({"form": given})
        )
        page = seen(html)
        assert "script" not in " ".join(page.skeleton)
        values = dict(page.values)
        assert values["aria-invalid"] == "true"
        assert values["aria-describedby"] == "id_name_helptext id_name_error"
        assert 'id="id_name_error"' in html
        assert 'id="id_name_helptext"' in html
    assert MARK in dict(seen(str(Odd({"name": HOSTILE})["name"])).values)["value"]


def test_forms_look_alike_however_they_are_drawn() -> None:
    form = Odd({"name": ""})
    form.add_error(None, "合起来不对")
    page = seen(str(form))
    assert page.skeleton.count("div class") == 1
    assert "合起来不对" in page.text
    assert "合起来不对" in Template("{% faults form=form %}").render(Context({"form": form}))
    assert Template("{% faults form=form %}").render(Context({"form": Odd()})) == ""
    assert "id_name_error" in str(form["name"].errors)
    assert seen(form["name"].as_field_group()).skeleton[0] == "div class"
