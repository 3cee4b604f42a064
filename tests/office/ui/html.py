"""HTML as a parser sees it, for comparing what was meant with what came out."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

MARK = "zxqmark"
# Markup, attribute, script, style, url and template contexts in one (S21).
HOSTILE = (
    f"{MARK}\"'><script>alert('{MARK}')</script><img src=x onerror=alert(1)>"
    f"<svg/onload=alert(1)>{{{{ {MARK} }}}}{{% now %}}</textarea></style><!-- {MARK} \u202e"
)
JS = f"javascript:alert('{MARK}')"


@dataclass
class Seen(HTMLParser):
    """The skeleton (tags with the names of their attributes), the text, the attribute values."""

    skeleton: list[str] = field(default_factory=list)
    text: str = ""
    values: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    __hash__ = object.__hash__

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skeleton.append(" ".join([tag, *sorted(name for name, _ in attrs)]))
        self.values += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.skeleton.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def seen(html: str) -> Seen:
    """The HTML as parsed."""
    parser = Seen()
    parser.feed(html)
    parser.close()
    return parser
