"""A small day with everything that goes wrong; `python -m benchmarks load` is the whole one."""

from pathlib import Path

from benchmarks import load


def test_a_day_of_faults_kills_and_a_full_disk_loses_no_post_and_tells_every_fault(tmp_path: Path) -> None:
    day = load.run(tmp_path, f"sqlite:///{tmp_path}/listening.db", sources=8, posts=160, rounds=6, spacing=3)
    assert day.mishaps == {"kill": 1, "disk": 1}
    assert (day.stored, day.twice, day.lost) == (160, 0, 0)
    assert day.faults > 0
    assert day.untold == day.miscounted == 0
