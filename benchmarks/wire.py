"""A wire between a browser and a server that notes when words pass: neither end's work delays its clock.

A page that is drawing reads what the server sends only when it is done with that, and its own clock
says no more. So this stands between them, a process of its own: ``python -m benchmarks.wire PORT`` passes
everything on to a port of this machine, says on which port it listens itself, and then a line for each
piece that passes on a web socket: ``>`` to the server or ``<`` back, and the clock in seconds.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

PIECE = 1 << 16
SOCKET = b"/_stcore/stream"


class Wire:
    """The port to speak to instead of the server's, and what has passed since `begin`."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        self._lines, self._met = process.stdout, list[tuple[str, float]]()
        self.port = int(self._lines.readline())
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self._lines:
            way, at = line.split()
            self._met.append((way, float(at)))

    def begin(self) -> None:
        """Forget what has passed so far."""
        self._met.clear()

    def answered(self) -> float:
        """Seconds from the first piece that went to the server to the last that came back."""
        met = [*self._met]
        asked = min(at for way, at in met if way == ">")
        return max(at for way, at in met if way == "<") - asked


@contextmanager
def wire(port: int) -> Iterator[Wire]:
    """A wire to a server on this machine, ended with the block."""
    words = [sys.executable, "-m", "benchmarks.wire", str(port)]
    process = subprocess.Popen(
        words, cwd=Path(__file__).parent.parent, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    try:
        yield Wire(process)
    finally:
        process.terminate()
        process.wait(10)


async def _pass(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str, told: list[bool]
) -> None:
    try:
        while piece := await reader.read(PIECE):
            if way == ">" and SOCKET in piece:
                told.append(True)
            elif told:
                print(way, time.perf_counter(), flush=True)
            writer.write(piece)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def _listen(port: int) -> None:
    async def joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told: list[bool] = []
        back, onward = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(_pass(reader, onward, ">", told), _pass(back, writer, "<", told))

    server = await asyncio.start_server(joined, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_listen(int(sys.argv[1])))
