"""What the tests of this room share: the invented area, and one text's row of annotations."""

from typing import Any

import pytest
from invented import Annotated, frame, small_area

from listening import analyse
from listening.area import Area


@pytest.fixture(scope="session")
def area() -> Area:
    return small_area()


@pytest.fixture
def read(area: Area) -> Annotated:
    """One text's row of annotations."""

    def annotated(text: str | None, **columns: Any) -> dict[str, Any]:
        row: dict[str, Any] = analyse.run(frame(text, **columns), area).iloc[0].to_dict()
        return row

    return annotated
