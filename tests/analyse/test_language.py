import pytest
from invented import Annotated


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bins missed again", None),
        ("", None),
        ("Bins missed Carsic Lane again yesterday", "en"),
        ("Car boot this Sunday, 6am sellers 7am buyers", "en"),
        ("The bus was late and I had to walk home in the rain", "en"),
        ("Kiedy jest wywóz śmieci na naszej ulicy, czy ktoś wie?", "pl"),
        ("Unde se află biroul pentru taxe, este deschis sau nu", "ro"),
        ("Mae'r bws yn hwyr eto ac mae pawb yn aros yn y glaw", "cy"),
        ("Penblwydd hapus i Mam-gu, 90 heddiw!", "cy"),
        ("La mulți ani, dragi vecini!", "ro"),
        ("My babcia said dzień dobry to the whole of the bus", "en"),
        ("Does anyone know? متى سيتم جمع القمامة في شارعنا من فضلكم", "ar"),
        ("متى سيتم جمع القمامة في شارعنا", "ar"),
        ("Коли вивезуть сміття з нашої вулиці", "uk"),
    ],
)
def test_the_language_of_a_post(read: Annotated, text: str, language: str | None) -> None:
    assert read(text)["language"] == language
