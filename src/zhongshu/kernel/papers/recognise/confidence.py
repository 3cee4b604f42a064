"""How sure each rule is, from counting how often it was right. 把握.

`COUNTS` is written by `benchmarks/reading.py --count` from papers that were not used to write the
rules: how often a rule found what stands on the paper, and how often not. With `(right + 1) /
(right + wrong + 2)` (Laplace's rule of succession) a rule seen seldom claims little. What an
optical reader was unsure of counts less by as much.
"""

from __future__ import annotations

from collections.abc import Mapping

COUNTS: Mapping[str, tuple[int, int]] = {
    "addressee: under the title": (205, 0),
    "attachments: listed": (91, 0),
    "contact: labelled": (82, 0),
    "copied_to: imprint": (133, 0),
    "date: head": (47, 0),
    "date: signed": (273, 0),
    "due_dates: sentence": (112, 0),
    "issuer: black": (2, 0),
    "issuer: black, agreed": (4, 0),
    "issuer: edited": (16, 0),
    "issuer: masthead": (2, 0),
    "issuer: masthead, agreed": (6, 0),
    "issuer: red": (9, 0),
    "issuer: red, agreed": (7, 0),
    "issuer: signature": (37, 0),
    "issuer: signature, agreed": (219, 0),
    "issuer: under the title": (6, 0),
    "issuer: under the title, agreed": (3, 0),
    "kind: masthead": (16, 0),
    "kind: title": (304, 0),
    "number: counted": (43, 0),
    "number: standard": (213, 0),
    "purpose: action": (155, 0),
    "purpose: information": (165, 0),
    "requests: sentence": (247, 0),
    "signer: labelled": (56, 0),
    "signer: stamp": (17, 0),
    "title: kind": (287, 0),
    "title: masthead": (17, 0),
    "title: place": (16, 0),
    "urgency: marked": (71, 0),
}


def of(field: str, rule: str, seen: float = 1.0) -> float:
    """How sure a rule is of a field, 0 to 1; `seen` is how sure the reader was of the words."""
    right, wrong = COUNTS.get(f"{field}: {rule}", (0, 0))
    return round((right + 1) / (right + wrong + 2) * max(0.0, min(1.0, seen)), 3)
