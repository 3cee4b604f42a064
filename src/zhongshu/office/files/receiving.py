"""The gate for what browsers send: too much is refused before it is on the disk. 上传入口。"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

FORM = 2**20  # bytes for the fields beside a file


class Gate(FileUploadHandler):
    """First of the upload handlers: looks at the length announced, and counts what comes.

    The answer is 400 and the rest is not read: to read ten gigabytes politely is what the sender
    of ten gigabytes wants.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.left = settings.FILES_LARGEST + FORM

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002 - the signature is Django's
        META: Any,  # noqa: ARG002, N803
        content_length: int,
        boundary: Any,  # noqa: ARG002
        encoding: Any = None,  # noqa: ARG002
    ) -> None:
        """Nothing is read of a body that says it is too long."""
        if content_length > self.left:
            raise RequestDataTooBig("too large")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        """Pass on, as long as there is room."""
        self.left -= len(raw_data)
        if self.left < 0:
            raise RequestDataTooBig("too large")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler makes the file."""
