"""The walls of the jail: what a process that reads strangers' files may still do. 隔离.

Limits of memory, time, files and processes everywhere. On Linux also: no system call outside a
short list (seccomp), so no socket, no new process and no file opened for writing; and, where the
kernel has Landlock, files are readable below the font folders only. Without Landlock no file can be
opened at all, so a page is drawn with the fonts it carries. Elsewhere an audit hook refuses the
same things, which stops mistakes but not a parser that has been taken over. `zhongshu doctor`
tells which walls stand.

What raises a wall runs in the child only, where nothing can be counted any more: the tests look at
it from outside.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

from . import limits

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts/Type1")

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 22, 38
SECCOMP_FILTER = 2
ALLOW, DENY, KILL = 0x7FFF0000, 0x00050000 | 13, 0x80000000  # DENY answers EACCES
LOAD, EQUAL, ANY_BIT, RETURN = 0x20, 0x15, 0x45, 0x06
FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# read write close fstat lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn
# pread64 mremap madvise sched_yield getpid exit uname fcntl gettimeofday sysinfo futex
# getdents64 clock_gettime exit_group newfstatat statx getrandom readv writev poll gettid
# sched_getaffinity sigaltstack restart_syscall clock_nanosleep readlinkat faccessat2
X86_64 = (
    *(0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 17, 25, 28, 24, 39, 60, 63, 72, 96, 99, 202),
    *(217, 228, 231, 262, 332, 318, 19, 20, 7, 186, 204, 131, 219, 230, 267, 439, 4, 6, 21, 35),
)
GENERIC = (
    *(63, 64, 57, 80, 62, 222, 226, 215, 214, 134, 135, 139, 67, 216, 233, 124, 172, 93, 160),
    *(25, 169, 179, 98, 61, 113, 94, 79, 291, 278, 65, 66, 73, 178, 123, 132, 128, 115, 78, 439),
)
# machine: number of the architecture, number of openat, calls that are allowed
MACHINES = {
    "x86_64": (0xC000003E, 257, X86_64),
    "aarch64": (0xC00000B7, 56, GENERIC),
    "loongarch64": (0xC0000102, 56, GENERIC),
    "riscv64": (0xC00000F3, 56, GENERIC),
}
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446
LANDLOCK_READ = (1 << 2) | (1 << 3)  # read a file, read a folder
LANDLOCK_ALL = (1 << 13) - 1

FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")


def _libc() -> ctypes.CDLL:  # pragma: no cover - the child
    """The C library of this process."""
    return ctypes.CDLL(None, use_errno=True)


def size_now() -> int:
    """Bytes of address space this process has, as far as the system tells."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return 512 * limits.MIB
    return pages * resource.getpagesize()


def limit(base: int, measure: limits.Measure | None = None) -> None:  # pragma: no cover - the child
    """Memory, time, files and processes; `base` is the size of the empty jail."""
    usual = limits.Measure(limits.MEMORY, limits.CPU_SECONDS, limits.WALL_SECONDS)
    measure = measure or usual
    most = base + measure.memory
    for what, value in (
        (resource.RLIMIT_AS, most),
        (resource.RLIMIT_CPU, measure.cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 16),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (value, value))
    signal.alarm(measure.wall_seconds)  # the system ends us, whoever forgets to


def die_with_parent() -> None:  # pragma: no cover - the child
    """Ask the system to end this process with the one that made it."""
    if sys.platform == "linux":
        _libc().prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def forbid() -> None:  # pragma: no cover - the child
    """The wall that Python itself can raise: the same on every system, and the thinnest."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        """Refuse what nobody who reads a file has to do."""
        flags = arguments[2] if event == "open" and len(arguments) == 3 else 0
        writing = isinstance(flags, int) and flags & FOR_WRITING
        if event.startswith(FORBIDDEN) or writing:
            raise PermissionError(event)

    sys.addaudithook(hook)


def landlock() -> bool:  # pragma: no cover - the child
    """Only fonts can be read from now on; false where the kernel cannot promise it."""
    libc = _libc()
    if sys.platform != "linux" or libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    handled = struct.pack("=Q", LANDLOCK_ALL)
    ruleset = libc.syscall(LANDLOCK_CREATE, handled, ctypes.c_size_t(len(handled)), 0)
    if ruleset < 0:
        return False
    for folder in FONT_FOLDERS:
        try:
            place = os.open(folder, os.O_PATH | os.O_DIRECTORY)
        except OSError:
            continue
        rule = struct.pack("=Qi", LANDLOCK_READ, place)
        libc.syscall(LANDLOCK_ADD, ruleset, 1, rule, 0)
        os.close(place)
    done = bool(libc.syscall(LANDLOCK_RESTRICT, ruleset, 0) == 0)
    os.close(ruleset)
    return done


def program(machine: str, *, fonts: bool) -> bytes | None:
    """The filter of system calls for a machine; with `fonts` files may be opened for reading."""
    if machine not in MACHINES:
        return None
    arch, openat, allowed = MACHINES[machine]
    steps = [(LOAD, 0, 0, 4), (EQUAL, 1, 0, arch), (RETURN, 0, 0, KILL), (LOAD, 0, 0, 0)]
    for call in allowed:
        steps += [(EQUAL, 0, 1, call), (RETURN, 0, 0, ALLOW)]
    if fonts:
        # openat(folder, name, flags, mode): the flags are the third argument
        steps += [(EQUAL, 0, 4, openat), (LOAD, 0, 0, 32), (ANY_BIT, 1, 0, FOR_WRITING)]
        steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, DENY)]
    steps += [(RETURN, 0, 0, DENY)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def seccomp(*, fonts: bool) -> bool:  # pragma: no cover - the child
    """No system call outside the list from now on; false where that cannot be had."""
    steps = program(platform.machine(), fonts=fonts)
    if sys.platform != "linux" or steps is None:
        return False
    libc = _libc()
    text = ctypes.create_string_buffer(steps, len(steps))
    head = struct.pack("@HP", len(steps) // 8, ctypes.addressof(text))
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_FILTER, head, 0, 0) == 0)


def raise_all(
    base: int, measure: limits.Measure | None = None
) -> tuple[str, ...]:  # pragma: no cover - the child
    """Raise every wall this system has, and tell which stand."""
    limit(base, measure)
    fonts = landlock()
    strict = seccomp(fonts=fonts)
    forbid()
    stand = ("limits", "hook")
    return stand + ("landlock",) * fonts + ("seccomp",) * strict
