"""Stream: a websocket over a Line, read message by message until somebody has heard enough.

``websockets`` brings the protocol without any network (its "sans-I/O" half), the Line the connection:
private addresses are refused, and every read ends at the deadline, as for any other request.
"""

import logging
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpcore2
import httpx2
from websockets.client import ClientProtocol
from websockets.exceptions import InvalidStatus
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.uri import parse_uri

from listening.collect.line import Line

PIECE = 65_536  # bytes read at a time
LARGEST = 1_000_000  # bytes of one message, after unpacking

_quiet = logging.getLogger("listening.collect.stream")
_quiet.setLevel(logging.WARNING)  # it would write down what is said, tokens and all


class Refused(Exception):
    """The server answered the call with an ordinary HTTP answer."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def talk(
    url: str,
    line: Line,
    certificates: ssl.SSLContext,
    headers: Mapping[str, str],
    connect: float,
    silence: float,
    heard: Callable[[str], bool],
    most: int,
) -> None:
    """Hand each text message to ``heard`` until it says False, ``most`` bytes have come, or it is over.

    Over is: the server's goodbye, the Line's deadline, or ``silence`` seconds without a word once the
    call is answered. Raises what the client below raises where there is no answer, or it breaks off.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:  # half an IPv6 address, a port that is no number
        raise httpx2.InvalidURL("no address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise httpx2.UnsupportedProtocol("only http and https")
    secure = parts.scheme == "https"
    address = urlunsplit(parts._replace(scheme="wss" if secure else "ws"))
    protocol = ClientProtocol(
        parse_uri(address),
        extensions=[ClientPerMessageDeflateFactory()],
        max_size=LARGEST,
        logger=_quiet,
    )
    wire: Any = line.connect_tcp(parts.hostname, port or (443 if secure else 80), connect)
    try:
        if secure:
            wire = wire.start_tls(certificates, parts.hostname, connect)
        request = protocol.connect()
        for name, value in headers.items():
            request.headers[name] = value
        protocol.send_request(request)
        _converse(protocol, wire, silence, heard, most)
    finally:
        wire.close()


def _converse(
    protocol: ClientProtocol, wire: Any, silence: float, heard: Callable[[str], bool], most: int
) -> None:
    """Take turns until it is over."""
    message, came, answered = bytearray(), 0, False
    while True:
        for piece in protocol.data_to_send():
            if piece:
                wire.write(piece, silence)
        try:
            data = wire.read(PIECE, silence)
        except httpcore2.ReadTimeout:
            if answered:
                return  # it has nothing more to say just now
            raise
        came += len(data)
        if data:
            protocol.receive_data(data)
        else:
            protocol.receive_eof()
        for event in protocol.events_received():
            if isinstance(event, Response):
                answered = protocol.handshake_exc is None
            elif isinstance(event, Frame) and not _taken(event, message, heard):
                _goodbye(protocol, wire, silence)
                return
        if isinstance(protocol.handshake_exc, InvalidStatus):
            raise Refused(protocol.handshake_exc.response)
        if protocol.handshake_exc is not None:
            raise httpx2.RemoteProtocolError("no websocket") from protocol.handshake_exc
        if protocol.parser_exc is not None:
            raise httpx2.RemoteProtocolError("damaged websocket") from protocol.parser_exc
        if not data or protocol.close_rcvd is not None or came >= most:
            return


def _taken(frame: Frame, message: bytearray, heard: Callable[[str], bool]) -> bool:
    """Whether more is to be heard after this frame; a message may come in several."""
    if frame.opcode not in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
        return True
    if frame.opcode is not Opcode.CONT:
        message.clear()
    message += frame.data
    if not frame.fin:
        return True
    words = message.decode("utf-8", "replace")
    message.clear()
    return heard(words)


def _goodbye(protocol: ClientProtocol, wire: Any, silence: float) -> None:
    """Say that we leave, to whoever is still there to hear it."""
    if protocol.close_rcvd is None:  # else its goodbye is answered already
        protocol.send_close(1000)
    with suppress(httpcore2.NetworkError, httpcore2.TimeoutException):
        for piece in protocol.data_to_send():
            if piece:
                wire.write(piece, silence)
