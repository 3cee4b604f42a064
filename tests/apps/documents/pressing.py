"""Pressing what stands on a page, as a browser would: hidden fields and all."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client

from zhongshu.office.matters.models import Matter

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
FORM = re.compile(r"<form [^>]*>.*?</form>", re.DOTALL)


def seen(client: Client, matter: Matter) -> str:
    """The page of a document."""
    answer = client.get(f"/documents/incoming/{matter.key}/")
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def forms(page: str, action: str) -> list[str]:
    """The forms of a page that lead to an address ending so."""
    return [one for one in FORM.findall(page) if re.search(rf'action="[^"]*{action}"', one)]


def hidden(form: str) -> dict[str, str]:
    """What a form sends along."""
    return {name: unescape(value) for name, value in HIDDEN.findall(form)}


def act(client: Client, matter: Matter, verb: str, **typed: Any) -> int:
    """Answer the step that is his, on the page itself; 0 if the page does not offer it."""
    for form in forms(seen(client, matter), "/act/"):
        if f'value="{verb}"' in form:
            sent = {**hidden(form), "verb": verb, **typed}
            return client.post(f"/documents/incoming/{matter.key}/act/", sent).status_code
    return 0


def verb(client: Client, matter: Matter, name: str, **typed: Any) -> int:
    """A verb that has a page of its own; 0 if the document does not offer it."""
    links = re.findall(rf'href="(/act/{matter.key}/{name}/\d+/)"', seen(client, matter))
    if not links:
        return 0
    sent = hidden(client.get(links[0]).content.decode())
    return client.post(links[0], {**sent, **typed}).status_code


def proposal(**typed: Any) -> dict[str, Any]:
    """拟办, as it is typed: for action, read by nobody, unless said otherwise."""
    return {"f_handling": "批办", "f_reading_order": "同时", "opinion": "", **typed}
