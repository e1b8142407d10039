"""Line: the one wire out of the house; it refuses private addresses and keeps to a deadline.

The HTTP client asks the Line for a connection to a host's name.
The Line looks the name up, refuses every address on a private, loopback, link-local, shared or
reserved network (IANA special-purpose registries, as ``ipaddress.is_global`` knows them), and
connects to the very address it has checked: there is no second look-up in between, so a name that
changes its mind (DNS rebinding) gains nothing. Hosts in ``allow_private`` are let through by name.

Every read and write is cut at the deadline of the whole answer, so a server that drips a byte now
and then, in body or headers, is not waited for. Only the name look-up itself is not cut: the
system's resolver has its own limits.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore2
import httpx2

ADDRESSES_TRIED = 3  # of a host with several
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


class PrivateAddressError(Exception):
    """A name led to a private network."""


def is_private(address: str) -> bool:
    """Whether an IP address is anything but one of the open internet.

    >>> is_private("169.254.169.254"), is_private("::ffff:10.0.0.1"), is_private("8.8.8.8")
    (True, True, False)
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_private(str(inner))
    return not ip.is_global or ip.is_multicast


def look_up(host: str, port: int, allow_private: Iterable[str]) -> list[str]:
    """The addresses of a host that may be asked; PrivateAddressError where there are none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore2.ConnectError(f"name look-up: {error}") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if host.lower() not in {name.lower() for name in allow_private}:
        addresses = [a for a in addresses if not is_private(a)]
    if not addresses:
        raise PrivateAddressError(host)
    return addresses[:ADDRESSES_TRIED]


class Line(httpcore2.NetworkBackend):
    """Connections to checked addresses only, all of them cut at ``until`` (of ``time.monotonic``)."""

    def __init__(self, allow_private: Iterable[str], until: float) -> None:
        self.allow_private = tuple(allow_private)
        self.until = until
        self._backend = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to the first checked address that takes one."""
        trouble: Exception | None = None
        for address in look_up(host, port, self.allow_private):
            try:
                stream = self._backend.connect_tcp(
                    address, port, self.left(timeout), local_address, socket_options
                )
                return _Cut(stream, self)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                trouble = error
        raise trouble or httpcore2.ConnectError(host)

    def left(self, timeout: float | None) -> float:
        """The seconds a single step may take; a timeout where there are none left."""
        seconds = self.until - time.monotonic()
        if seconds <= 0:
            raise httpcore2.ReadTimeout("the whole answer took too long")
        return seconds if timeout is None else min(seconds, timeout)


class _Cut(httpcore2.NetworkStream):
    """A stream that ends at the deadline, however little at a time it is handed."""

    def __init__(self, stream: httpcore2.NetworkStream, line: Line) -> None:
        self._stream, self._line = stream, line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._line.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._line.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._line.left(timeout))
        return _Cut(secured, self._line)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def transport(line: Line, certificates: ssl.SSLContext) -> httpx2.HTTPTransport:
    """An httpx2 transport whose every connection is made by a Line."""
    made = httpx2.HTTPTransport(verify=certificates, trust_env=False)
    # httpx2 2.16 has no argument for it; httpcore2's pool has.
    made._pool = httpcore2.ConnectionPool(
        ssl_context=certificates, network_backend=line, max_keepalive_connections=0
    )
    return made
