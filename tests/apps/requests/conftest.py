"""The small bureau of the office's tests, and somebody at the keyboard."""

from tests.desk.conftest import Sit, _nothing_kept, sit, time, town
from tests.office.files.conftest import folder

__all__ = ["Sit", "_nothing_kept", "folder", "sit", "time", "town"]
