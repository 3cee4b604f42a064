"""S22, S23, S29: downloads are attachments, previews name the viewer, others see nothing."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from tests.office.town import Stopped, Town
from zhongshu.office.actor import Actor
from zhongshu.office.files import actions, fonts, jail, limits, previews, store, watermark
from zhongshu.office.files.models import Blob, File
from zhongshu.office.files.readers.found import Picture
from zhongshu.office.refusal import Refusal

from . import good
from .conftest import Drawer

pytestmark = pytest.mark.django_db


@pytest.fixture
def wang(town: Town, drawer: Drawer) -> Actor:
    actor = town.actor("王小满")
    drawer.open_for(actor, "a")
    return actor


def add(by: Actor, suffix: str = "pdf", name: str = "通知") -> File:
    raw = good.samples()[suffix]
    return actions.add(name=f"{name}.{suffix}", stream=[raw], subject="drawer:a", by=by)


def signed_in(town: Town, name: str) -> Client:
    client = Client()
    client.force_login(town.people[name].account)
    return client


@pytest.fixture
def client(town: Town, wang: Actor) -> Client:
    return signed_in(town, "王小满")


@pytest.mark.parametrize("suffix", good.samples())
def test_the_original_comes_as_an_attachment(client: Client, wang: Actor, suffix: str) -> None:
    file = add(wang, suffix, '甲"乙;丙')
    answer = client.get(f"/files/{file.key}/")
    assert answer.status_code == 200
    assert b"".join(answer) == good.samples()[suffix]  # type: ignore[call-overload]
    said = answer["Content-Disposition"]
    assert said.startswith("attachment; filename*=utf-8''%E7%94%B2%22%E4%B9%99%3B%E4%B8%99.")
    assert answer["Content-Type"] == file.of.type
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Length"] == str(len(good.samples()[suffix]))
    assert not answer["Content-Type"].startswith(("text/html", "image/svg", "application/xhtml"))


def test_a_name_cannot_write_headers(client: Client, wang: Actor) -> None:
    file = add(wang)
    File.objects.update(name='a"\r\nSet-Cookie: x=1\u202e.pdf')
    answer = client.get(f"/files/{file.key}/")
    assert b"".join(answer)  # read to the end, or it stays open
    said = answer["Content-Disposition"]
    assert "\r" not in said
    assert "\n" not in said
    assert "Set-Cookie: x" not in said


def test_absent_and_not_yours_are_the_same(town: Town, wang: Actor) -> None:
    """S06, F29."""
    file = add(wang)
    stranger = signed_in(town, "外人")
    for tail in ("", "1/480.png"):
        not_yours = stranger.get(f"/files/{file.key}/{tail}")
        absent = stranger.get(f"/files/{'0' * 32}/{tail}")
        assert not_yours.status_code == absent.status_code == 404
        assert file.name not in not_yours.content.decode()
    for strange in ("x", "../etc/passwd", "%00" * 32, file.key.upper() + "G", file.key + "%0a"):
        assert stranger.get(f"/files/{strange}/").status_code == 404


def test_nobody_unknown_gets_anything(wang: Actor) -> None:
    file = add(wang)
    for tail in ("", "1/480.png"):
        assert Client().get(f"/files/{file.key}/{tail}").status_code == 302


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_only_reading(client: Client, wang: Actor, method: str) -> None:
    file = add(wang)
    for tail in ("", "1/480.png"):
        assert getattr(client, method)(f"/files/{file.key}/{tail}").status_code == 405


def test_a_removed_file_is_gone(client: Client, wang: Actor) -> None:
    file = add(wang)
    actions.remove(key=file.key, by=wang)
    assert client.get(f"/files/{file.key}/").status_code == 404


def test_damaged_bytes_are_told_and_not_sent(
    client: Client, wang: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    """F17: neither as the original nor as an image of it."""
    file = add(wang)
    path = store.path_of(file.blob.digest)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    with caplog.at_level(logging.ERROR, "zhongshu.files"):
        answer = client.get(f"/files/{file.key}/")
    assert answer.status_code == 503
    assert "与登记的摘要不符" in answer.content.decode()
    assert file.blob.digest in caplog.text
    assert client.get(f"/files/{file.key}/1/480.png").status_code == 422
    path.unlink()
    answer = client.get(f"/files/{file.key}/", headers={"accept-language": "en"})
    assert answer.status_code == 503
    assert "missing" in answer.content.decode()


@pytest.mark.parametrize(("suffix", "page"), [("pdf", 1), ("png", 1), ("jpg", 1), ("tif", 3)])
def test_a_page_is_an_image(client: Client, wang: Actor, suffix: str, page: int) -> None:
    file = add(wang, suffix)
    answer = client.get(f"/files/{file.key}/{page}/960.png")
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    image = Image.open(io.BytesIO(answer.content))
    assert image.width == (960 if suffix == "pdf" else 160)


def test_each_viewer_sees_his_own_mark_and_the_drawing_is_kept_once(
    town: Town, client: Client, wang: Actor, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = add(wang)
    drawn: list[int] = []
    real = jail.picture

    def counted(*arguments: object) -> Picture:
        drawn.append(1)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(jail, "picture", counted)
    drawer.open_for(town.actor("张科"), "a")
    mine = client.get(f"/files/{file.key}/1/480.png").content
    his = signed_in(town, "张科").get(f"/files/{file.key}/1/480.png").content
    assert mine != his
    assert len(drawn) == 1
    [kept] = store.root().glob("cache/*/*.png")
    assert kept.read_bytes() not in (mine, his), "what is kept names nobody"


def test_the_mark_says_class_name_number_and_time(
    client: Client, wang: Actor, time: Stopped, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, ...]] = []
    monkeypatch.setattr(watermark, "stamp", lambda image, words: said.append(words) or image)
    file = add(wang)
    client.get(f"/files/{file.key}/1/480.png")
    assert said == [("内部", "王小满", "N0005", "2026-11-23 09:00")]


def test_a_broken_image_in_the_cache_is_drawn_anew(client: Client, wang: Actor) -> None:
    file = add(wang)
    first = client.get(f"/files/{file.key}/1/480.png").content
    [kept] = store.root().glob("cache/*/*.png")
    for broken in (b"", b"nonsense", kept.read_bytes()[:300]):
        kept.write_bytes(broken)
        assert client.get(f"/files/{file.key}/1/480.png").content == first


def test_a_full_disk_does_not_hide_the_page(
    client: Client, wang: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "no space")

    file = add(wang)
    monkeypatch.setattr(Path, "replace", fails)
    assert client.get(f"/files/{file.key}/1/480.png").status_code == 200
    assert list(store.root().glob("cache/*/*.png")) == []


@pytest.mark.parametrize("tail", ["0/480.png", "2/480.png", "1/481.png", "99999999999/480.png"])
def test_there_is_no_such_page(client: Client, wang: Actor, tail: str) -> None:
    assert client.get(f"/files/{add(wang).key}/{tail}").status_code == 404


def test_word_is_downloaded_and_not_shown(client: Client, wang: Actor) -> None:
    answer = client.get(f"/files/{add(wang, 'docx').key}/1/480.png")
    assert answer.status_code == 422
    assert "请下载查看" in answer.content.decode()


def test_reading_changes_nothing(client: Client, wang: Actor) -> None:
    """S29."""
    file = add(wang)
    before = list(Blob.objects.values()), list(File.objects.values())
    assert b"".join(client.get(f"/files/{file.key}/"))
    client.get(f"/files/{file.key}/1/480.png")
    assert (list(Blob.objects.values()), list(File.objects.values())) == before


def white(width: int = 960, height: int = 1360) -> Image.Image:
    return Image.new("RGB", (width, height), "white")


def test_the_mark_covers_the_page_and_lets_it_be_read() -> None:
    marked = watermark.stamp(white(), ("内部", "王小满", "N0005", "2026-11-23 09:00"))
    for top in range(0, 1360, 340):
        for left in range(0, 960, 480):
            part = marked.crop((left, top, left + 480, top + 340))
            darkest, _ = part.convert("L").getextrema()
            assert 150 < darkest < 250, "something stands here, and it is pale"


def test_without_a_chinese_font_the_number_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "chinese", lambda: None)
    one = watermark.stamp(white(), ("内部", "王小满", "N0005", "2026-11-23 09:00"))
    same = watermark.stamp(white(), ("公开", "李四", "N0005", "2026-11-23 09:00"))
    other = watermark.stamp(white(), ("内部", "王小满", "N0006", "2026-11-23 09:00"))
    assert one.tobytes() == same.tobytes() != white().tobytes()
    assert one.tobytes() != other.tobytes()


def test_the_offices_own_font_comes_first(settings: object, tmp_path: Path) -> None:
    own = tmp_path / "fonts" / "deep" / "simsun.ttc"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"")
    assert fonts.chinese() == own
    assert fonts.find((str(tmp_path / "none"),)) is None


@pytest.mark.parametrize("width", limits.WIDTHS)
def test_every_width_has_its_image(wang: Actor, width: int) -> None:
    image = previews.page(blob=add(wang).blob, number=1, width=width, words=("x",))
    assert Image.open(io.BytesIO(image)).width == width


def test_an_unread_kind_of_page_count_has_no_pages(wang: Actor) -> None:
    blob = add(wang).blob
    blob.pages = None
    with pytest.raises(Refusal, match="no_such_page"):
        previews.page(blob=blob, number=1, width=480, words=())
