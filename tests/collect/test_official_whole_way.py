"""The four official kinds from sources.yaml to the store, and back out as posts."""

from pathlib import Path

import pytest
from misbehaving import NOW, Server, hurried
from official import FILES, PATHS, lives, written

from listening import pipeline
from listening.area import load
from listening.store import connect

ROOT = Path(__file__).parents[2]


@pytest.fixture
def config(server: Server, tmp_path: Path) -> Path:
    for kind in FILES:
        lives(server, kind)
    server.gives(PATHS["lga"], body=written("news.html").replace(b"https://local.gov.uk", b""))
    rows = "".join(
        f"  - {{name: {kind}, kind: {kind}, channel: official, display: full,"
        f" url: '{server.url('' if kind == 'moderngov' else path)}'}}\n"
        for kind, path in PATHS.items()
    )
    path = tmp_path / "sources.yaml"
    path.write_text(
        f"area: {ROOT / 'data/areas/ashfield'}\nissues: {ROOT / 'data/issues.yaml'}\n"
        f"store: sqlite:///listening.db\nnetwork: {{allow_private: [127.0.0.1]}}\nsources:\n{rows}"
    )
    return path


def test_official_posts_reach_the_store_once(config: Path) -> None:
    area = load(config)
    store = connect(area.store)
    runs = pipeline.listen(area, store, NOW, web=hurried([])).set_index("source")
    assert runs[["state", "new"]].to_dict("index") == {
        "moderngov": {"state": "ok", "new": 3},
        "govuk": {"state": "ok", "new": 3},
        "lga": {"state": "ok", "new": 3},
        "floods": {"state": "ok", "new": 1},
    }
    again = pipeline.listen(area, store, NOW, web=hurried([])).set_index("source")
    assert again["new"].tolist() == [0, 0, 0, 0]
    posts = store.posts(channels=("official",))
    titles = dict(zip(posts["source"], posts["title"], strict=True))
    assert titles["floods"] == "Flood alert: River Weir at Haverdale"
    agenda = posts.loc[posts["title"].str.startswith("Planning"), "text"].item()
    assert agenda.startswith("Thursday 26 November 2026, 10.00 am, Council Chamber.")
    assert "depot" not in agenda
