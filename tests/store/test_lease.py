"""One collector at a time."""

import os
import socket
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from store_posts import NOW

from listening.errors import BusyStore
from listening.store import Store, lease

MINUTE = timedelta(minutes=1)


def test_a_second_collector_is_told_who_is_at_work_and_since_when(store: Store) -> None:
    me = rf"\(pid {os.getpid()} on {socket.gethostname()}\)"
    sentence = f"another collector {me} has been at work since 08:00 UTC"
    with (
        store.lease("first", NOW),
        pytest.raises(BusyStore, match=sentence),
        store.lease("second", NOW + MINUTE),
    ):
        pytest.fail("two collectors at once")
    with store.lease("second", NOW + MINUTE):
        pass


def test_the_lease_is_given_back_also_after_an_error(store: Store) -> None:
    with pytest.raises(KeyError), store.lease("first", NOW):
        raise KeyError
    with store.lease("second", NOW):
        pass


def test_a_collector_that_has_been_silent_too_long_is_taken_for_dead(store: Store) -> None:
    later, taken = NOW + lease.LASTS, pytest.raises(BusyStore, match="another collector took over")
    with store.lease("first", NOW) as first, store.lease("second", later), taken:
        first.renew(later)


def test_a_collector_that_says_it_is_alive_keeps_its_lease(store: Store) -> None:
    with store.lease("first", NOW) as first:
        first.renew(NOW + 9 * MINUTE)
        with pytest.raises(BusyStore), store.lease("second", NOW + 18 * MINUTE):
            pytest.fail("two collectors at once")


def test_the_lease_of_another_living_process_holds_and_of_a_killed_one_is_taken_over(
    store: Store, url: str, other: Callable[..., Any]
) -> None:
    collector = other("lease", url)
    assert collector.hear() == "held"
    sentence = rf"another collector \(pid {collector.process.pid} on "
    with pytest.raises(BusyStore, match=sentence), store.lease("second", NOW):
        pytest.fail("two collectors at once")
    collector.kill()
    with store.lease("second", NOW):
        pass


def test_the_lease_of_another_machine_holds_until_it_runs_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "elsewhere")
    with store.lease("there", NOW):
        monkeypatch.undo()
        with pytest.raises(BusyStore, match="on elsewhere"), store.lease("here", NOW):
            pytest.fail("two collectors at once")
        with store.lease("here", NOW + lease.LASTS):
            pass
