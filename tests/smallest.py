"""The smallest area there can be, for tests that are about its sources: it loads in no time."""

from pathlib import Path

HEAD = "area: ground\nissues: ground/issues.yaml\nnetwork: {allow_private: [127.0.0.1]}\n"
WARDS = """\
name: Haverdale
code: X07000001
type: district
timezone: Europe/London
wards:
  - {name: Upper Dale, code: X05000001}
"""
ISSUES = "issues:\n  - {slug: sport, label: Sport, noise: true, terms: [kick-off]}\n"


def smallest(folder: Path, sources: str) -> Path:
    """A sources.yaml with these lines at its end."""
    ground = folder / "ground"
    ground.mkdir(exist_ok=True)
    (ground / "wards.yaml").write_text(WARDS, encoding="utf-8")
    (ground / "issues.yaml").write_text(ISSUES, encoding="utf-8")
    path = folder / "sources.yaml"
    path.write_text(HEAD + sources, encoding="utf-8")
    return path
