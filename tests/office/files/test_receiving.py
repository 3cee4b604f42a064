"""F18: too much is refused before it is on the disk, and one sender does not hold up others."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest
from django.test import Client, RequestFactory

from zhongshu.office.files.receiving import FORM, Gate


def received(request: HttpRequest) -> Mapping[str, object]:
    return dict(request.FILES.items())


def test_what_fits_is_received(settings: object) -> None:
    settings.FILES_LARGEST = 1000  # type: ignore[attr-defined]
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.txt", b"x" * 1000)})
    [file] = received(request).values()
    assert isinstance(file, UploadedFile)
    assert file.size == 1000


def test_an_announced_length_is_enough_to_refuse(settings: object) -> None:
    settings.FILES_LARGEST = 1000  # type: ignore[attr-defined]
    request = RequestFactory().post(
        "/", {"file": SimpleUploadedFile("a.txt", b"x" * (FORM + 2000))}
    )
    with pytest.raises(RequestDataTooBig):
        received(request)
    assert len(request.read()) > FORM, "nothing of it was read"


def test_a_length_that_lies_is_counted(settings: object) -> None:
    settings.FILES_LARGEST = 1000  # type: ignore[attr-defined]
    gate = Gate()
    gate.handle_raw_input(None, None, 10, None)
    assert gate.receive_data_chunk(b"x" * FORM, 0) == b"x" * FORM
    assert gate.receive_data_chunk(b"x" * 1000, 0)
    with pytest.raises(RequestDataTooBig):
        gate.receive_data_chunk(b"x", 0)
    assert gate.file_complete(1) is None


@pytest.mark.django_db
def test_the_gate_stands_before_every_page(settings: object) -> None:
    """Too large is 400 before anybody asks who it is from."""
    settings.FILES_LARGEST = 1000  # type: ignore[attr-defined]
    client = Client(enforce_csrf_checks=True)
    client.get("/account/login/")  # without its cookie the body is not even looked at
    sent = {"file": SimpleUploadedFile("a.txt", b"x" * (FORM + 2000))}
    assert client.post("/account/login/", sent).status_code == 400
    sent = {"file": SimpleUploadedFile("a.txt", b"x" * 900)}
    assert client.post("/account/login/", sent).status_code == 403
