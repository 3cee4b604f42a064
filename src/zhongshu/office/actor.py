"""Who acts: the person, the post he acts in, and on whose behalf. 办理人.

Every action of the office takes one. It is a value, so that nobody who holds it can be changed
under the hands of an action; `office.people.queries.acting` makes it for a request.
"""

from __future__ import annotations

from typing import NamedTuple


class Actor(NamedTuple):
    """`person` is a key, as the flow and the journal write it; `post` a code of a post.

    `behalf` is the key of the person whose duty it is, when a stand-in acts. `system:x` is the
    machine, which never decides.
    """

    person: str
    post: str = ""
    behalf: str = ""


def machine(what: str) -> Actor:
    """The machine, doing this."""
    return Actor(f"system:{what}")
