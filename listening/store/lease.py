"""The lease: one collector at a time."""

import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, select, update

from listening.errors import BusyStore
from listening.store import dialect
from listening.store.disk import Disk
from listening.store.schema import lease as table
from listening.store.times import micro, moment

NAME = "collector"
LASTS = timedelta(minutes=10)  # without a renewal: its collector has died, or sleeps
# This process's leases whose work is over: the row of one still stands where the database was away
# when it was to be taken out. That the pid is ours is not enough: another thread may be at work.
_over: set[tuple[Any, ...]] = set()


@dataclass(frozen=True)
class Lease:
    """The right to collect, held by this process."""

    disk: Disk
    row: dict[str, Any]

    def renew(self, now: datetime) -> None:
        """Say that this collector is still at work; BusyStore where another took over meanwhile."""
        with self.disk.writing() as connection:
            kept = update(table).where(self._mine()).values(until=micro(now + LASTS))
            if not connection.execute(kept).rowcount:
                raise BusyStore(
                    f"the store could not be kept: {self.disk.where}: another collector took over"
                )

    def give_back(self) -> None:
        """Let the next collector in; where the database is away, at least the next one of this process."""
        mark = _mark(self.disk, self.row)
        _over.add(mark)
        with self.disk.writing() as connection:
            connection.execute(delete(table).where(self._mine()))
        _over.discard(mark)

    def stands_in(self, other: Disk) -> bool:
        """Whether an open store holds this very lease: then it is the same database, however it is named."""
        with other.reading() as connection:
            return connection.scalar(select(table.c.name).where(self._mine())) is not None

    def _mine(self) -> Any:
        return and_(*(table.c[name] == self.row[name] for name in ("name", "host", "pid", "since")))


def take(disk: Disk, owner: str, now: datetime) -> Lease:
    """The lease, unless a living collector holds it; the lease of a dead one is taken over."""
    me = {"name": NAME, "owner": owner, "host": socket.gethostname(), "pid": os.getpid(), "since": micro(now)}
    me["until"] = micro(now + LASTS)
    with disk.writing() as connection:
        held = connection.execute(select(table).where(table.c.name == NAME)).mappings().first()
        over = held is not None and _mark(disk, held) in _over
        if held is not None and not over and held["until"] > micro(now) and _lives(held, str(me["host"])):
            since = moment(held["since"])
            raise BusyStore(
                f"another collector (pid {held['pid']} on {held['host']}) has been at work "
                f"since {since:%H:%M} UTC: {disk.where}: wait until it is done, or end it"
            )
        _over.add(_mark(disk, me))  # until it is known to be kept: the database may go away at the end
        connection.execute(dialect.upsert(connection, table, ["name"], me).values(me))
    _over.discard(_mark(disk, me))
    return Lease(disk, me)


def _mark(disk: Disk, row: Any) -> tuple[Any, ...]:
    """What tells a lease from all others."""
    return disk.where, row["host"], row["pid"], row["since"]


def _lives(held: Any, host: str) -> bool:
    """Whether the holder may still be at work; of another machine's process nobody here can tell."""
    if held["host"] != host or os.name == "nt":  # on Windows os.kill(pid, 0) would end the process
        return True
    try:
        os.kill(held["pid"], 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
