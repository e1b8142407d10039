"""An area of one's own with a contact-centre log, a Page and a form; every word in it is invented."""

from pathlib import Path

from listening.area import Area, load

ROOT = Path(__file__).parents[2]
CONFIG = """\
area: {area}
issues: {issues}
store: sqlite:///own.db
checklist:
  controller: Haverdale District Council
  contact: listening@example.org
  purpose: to hear what residents say
  lawful_basis: public task
  retention: {retention}
sources:
  - {{name: Contact centre, kind: file, channel: report, display: full}}
  - {{name: Page comments, kind: file, channel: public, display: full}}
  - {{name: Courier, kind: file, channel: press}}
  - {{name: I heard this, kind: heard, channel: heard, display: full}}
"""


def configured(folder: Path, retention: str = "90 days") -> Path:
    """A sources.yaml in a folder, in the sample's area; ``retention`` empty: no checklist yet."""
    path = folder / "sources.yaml"
    area, issues = ROOT / "data/sample/area", ROOT / "data/issues.yaml"
    path.write_text(CONFIG.format(area=area, issues=issues, retention=retention), encoding="utf-8")
    return path


def area(folder: Path, retention: str = "90 days") -> Area:
    """The same, loaded."""
    return load(configured(folder, retention))
