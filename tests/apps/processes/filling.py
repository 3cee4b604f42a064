"""A clerk at a form: reads what the page offers, changes some boxes, presses a button."""

from __future__ import annotations

from html.parser import HTMLParser

from django.test import Client

Sent = dict[str, list[str]]


class Boxes(HTMLParser):
    """What a browser would send of the form of a part, were nothing changed."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: Sent = {}
        self.offers: dict[str, dict[str, str]] = {}
        self.buttons: list[str] = []
        self._inside = False
        self._name, self._text, self._option = "", "", ""
        self._first: str | None = None
        self._picked = False

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        has = {key: value or "" for key, value in found}
        name = has.get("name", "")
        if tag == "form":
            self._inside = has.get("id") == "part-form"
        elif tag == "button" and (self._inside or has.get("form") == "part-form"):
            self.buttons.append(has.get("value", ""))
        elif self._inside and tag == "option":
            self._offer(has)
        elif self._inside and tag in {"select", "textarea"}:
            self._name, self._text, self._first, self._picked = name, "", None, False
        elif self._inside and tag == "input" and _is_sent(has):
            self.sent.setdefault(name, []).append(has.get("value", ""))

    def _offer(self, has: dict[str, str]) -> None:
        self._option, self._text = has.get("value", ""), ""
        self._first = self._option if self._first is None else self._first
        if "selected" in has and not self._picked:
            self.sent.setdefault(self._name, []).append(self._option)
            self._picked = True

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if not self._inside:
            return
        if tag == "form":
            self._inside = False
        elif tag == "option":
            self.offers.setdefault(self._name, {})[self._text.strip()] = self._option
        elif tag == "select" and not self._picked and self._first is not None:
            self.sent.setdefault(self._name, []).append(self._first)
        elif tag == "textarea":
            self.sent.setdefault(self._name, []).append(self._text.removeprefix("\n"))


def _is_sent(has: dict[str, str]) -> bool:
    """Whether a box is sent as it stands; an empty tick is not."""
    return bool(has.get("name")) and (
        has.get("type") not in {"checkbox", "radio"} or "checked" in has
    )


def boxes(client: Client, address: str) -> Boxes:
    """The form that a page holds."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    found = Boxes()
    found.feed(answer.content.decode())
    return found


def fill(client: Client, address: str, do: str = "", /, **changes: str | list[str]) -> str:
    """Change some boxes (`seats_0_ref`; a picker is given what people see), and press a button.
    The address of the part that is shown then."""
    found = boxes(client, address)
    sent = dict(found.sent)
    for key, value in changes.items():
        name = key if key in sent or key in found.offers else key.replace("__", "-")
        values = [value] if isinstance(value, str) else value
        sent[name] = [found.offers.get(name, {}).get(one, one) for one in values]
    assert do == "" or do in found.buttons, (do, found.buttons)
    answer = client.post(address, {**sent, "do": do})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return str(answer.headers["Location"])
