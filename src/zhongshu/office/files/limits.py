"""How much of a file is looked at before it is refused. 解析上限.

They guard the machine, so they are constants and not choices of an office; what an office chooses
(largest file, bytes a day, bytes that stay free) stands in the settings. Beyond a limit a file is
refused. It is never cut.
"""

from __future__ import annotations

from typing import NamedTuple

MIB = 1024 * 1024

# The jail
MEMORY = 200 * MIB  # beyond what the empty jail holds (about 50 MiB)
CPU_SECONDS = 8
WALL_SECONDS = 10
ANSWER = 32 * MIB  # what a jailed function may hand back
AT_ONCE = 4  # jailed children of one server process
IDLE_SECONDS = 300  # the warden leaves when nobody asked for so long


class Measure(NamedTuple):
    """What one child may take."""

    memory: int
    cpu_seconds: int
    wall_seconds: int


SEEING = Measure(1536 * MIB, 90, 120)  # a page for the optical reader: about 8 s, 0.7 GiB
SEEN_PAGES = 20  # of one file; the others stay unread
SEEN_AT_ONCE = 1

# Packages: OFD, DOCX, XLSX
ENTRIES = 10_000
DIRECTORY = 4 * MIB  # bytes of the list of entries
UNPACKED = 400 * MIB  # all entries together
PART = 64 * MIB  # one entry that is read as XML
RATIO = 200  # unpacked to packed, once unpacked is beyond RATIO_FROM
RATIO_FROM = 8 * MIB
FOLDERS = 12  # how deep the name of an entry may go
NAME = 240  # characters of the name of an entry

# XML
DEPTH = 200
ATTRIBUTES = 256  # of one element
TOKEN = MIB  # bytes of one tag or comment
ELEMENTS = 2_000_000

# Pages and pictures
PAGES = 2_000
FRAMES = 300  # pictures in one TIFF
PIXELS = 40_000_000  # A3 at 400 dots an inch is 31 million
WIDTHS = (480, 960, 1440)  # of page images
TALLEST = 4_000  # rows of a page image, for papers as long as a banner

# Text and tables
HEAD_PAGES = 3  # pages looked at for marks of secrecy
HEAD = 20_000  # characters of each
TEXT = 5_000_000  # characters
SHEETS = 50
ROWS = 100_000
CELLS = 2_000_000

# Layout: the lines of a paper and where they stand
LETTERS = 500_000  # each costs about 15 microseconds
OBJECTS = 1_000_000  # paths and pictures of a document
MARKS = 500  # red rules of a page
BARS = 2_000  # upright rules of a page
SEAL_PAGES = 40  # pages of an OFD on which a seal is looked for; each is drawn
ENCLOSED = 500  # files in a file
DOCUMENTS = 50  # documents in one OFD
PAGES_AT_ONCE = 40  # pages that one child lays out
LAYOUT_SECONDS = 60  # all pages of a file together
THINGS = 200_000  # letters' objects, paths and pictures of a page of an OFD
POINTS = 200_000  # points of one path
STAMPS = 100  # seals of a document
