"""The other side of the wire, well-behaved and not: mail servers and receivers of the webhook."""

from __future__ import annotations

import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import IPv4Address
from typing import BinaryIO

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


@dataclass
class Other:
    """A server on a free port: what it was sent, and how to let it go on."""

    port: int = 0
    heard: list[bytes] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


Behaviour = Callable[[socket.socket, BinaryIO, Other], None]


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[Other]:
    """A server that behaves so to each that calls, until the block ends."""
    other = Other()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        other.port = listening.getsockname()[1]

        def one(caller: socket.socket) -> None:
            # the caller may have gone
            with caller, caller.makefile("rwb") as wire, suppress(OSError):
                behaviour(caller, wire, other)

        def loop() -> None:
            while True:
                try:
                    caller, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=one, args=(caller,), daemon=True).start()

        thread = threading.Thread(target=loop, daemon=True)
        thread.start()
        yield other
        other.over.set()
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(10)


def nobody_there() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def hang(_caller: socket.socket, _wire: BinaryIO, other: Other) -> None:
    """Takes the call and says nothing."""
    other.over.wait(60)


def drip(_caller: socket.socket, wire: BinaryIO, other: Other) -> None:
    """Always says one more character, so that no silence is ever long."""
    while not other.over.wait(0.02):
        wire.write(b"2")
        wire.flush()


def cut(caller: socket.socket, _wire: BinaryIO, _other: Other) -> None:
    """Hangs up when it has been spoken to, or at once to one who waits."""
    caller.settimeout(0.1)
    with suppress(TimeoutError):
        while caller.recv(65536):
            pass


def mail(*, rcpt: bytes = b"250 ok", data: bytes | None = b"250 taken") -> Behaviour:
    """A mail server with these answers; None hangs up instead of the last."""

    def behave(_caller: socket.socket, wire: BinaryIO, other: Other) -> None:
        def say(line: bytes) -> None:
            wire.write(line + b"\r\n")
            wire.flush()

        say(b"220 fake")
        while line := wire.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                say(b"354 go on")
                other.heard.append(_message(wire))
                if data is None:
                    return
                say(data)
            elif verb == b"QUIT":
                say(b"221 bye")
                return
            else:
                say(rcpt if verb == b"RCPT" else b"250 ok")

    return behave


def _message(wire: BinaryIO) -> bytes:
    lines = []
    while (line := wire.readline()) not in {b".\r\n", b""}:
        lines.append(line)
    return b"".join(lines)


def web(answer: bytes) -> Behaviour:
    """A receiver that reads the whole request and answers so."""

    def behave(_caller: socket.socket, wire: BinaryIO, other: Other) -> None:
        head = []
        while (line := wire.readline()) not in {b"\r\n", b""}:
            head.append(line)
        length = next(int(x.split(b":")[1]) for x in head if x.lower().startswith(b"content-len"))
        other.heard.append(b"".join(head) + b"\r\n" + wire.read(length))
        wire.write(answer)
        wire.flush()

    return behave


def over_tls(behaviour: Behaviour) -> Behaviour:
    """The same behind a certificate that nobody knows."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    day = datetime(2026, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 7, day, day.replace(year=2046))
    signed = made.add_extension(
        x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
    ).sign(key, hashes.SHA256())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile() as kept:
        kept.write(signed.public_bytes(Encoding.PEM))
        kept.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        kept.flush()
        context.load_cert_chain(kept.name)

    def behave(caller: socket.socket, _wire: BinaryIO, other: Other) -> None:
        with context.wrap_socket(caller, server_side=True) as safe, safe.makefile("rwb") as wire:
            behaviour(safe, wire, other)

    return behave


def status(code: int, more: str = "") -> Behaviour:
    """A receiver that answers with this status."""
    return web(f"HTTP/1.1 {code} x\r\n{more}Content-Length: 0\r\n\r\n".encode())
