"""English: whatever the product says in Chinese, it can say in English."""

from __future__ import annotations

import re

from zhongshu.office.ui import menu

from .catalogue import found, translations, written


def test_every_sentence_has_its_english() -> None:
    english = translations()
    labels = {("rail", said) for e in menu.entries() for said in (e.label, e.group) if said}
    missing = sorted(
        {f"{said!r} in {place}" for place, said in {*found(), *labels} if not english.get(said)}
    )
    assert missing == [], "add them to the catalogue, then: make words"


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = translations()
    for said, english in written().items():
        if said:
            assert compiled[said] in english, f"{said!r}: make words"
    assert set(compiled) == set(written())


def test_a_translation_keeps_the_places_of_the_original() -> None:
    places = re.compile(r"%\(\w+\)s|\{\w*")
    for said, english in written().items():
        for text in english if said else ():
            assert set(places.findall(text)) <= set(places.findall(said)), said
            assert not re.search("[一-鿿]", text), said
