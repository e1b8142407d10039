"""What lets a costly form be looked for must never hide one: the law for all of them, on made-up texts."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listening.clean import accounts, addresses, bank, homes, numbers, oldplates, plates, postcodes, spots
from listening.clean.outline import Outline, folded, outline
from listening.clean.signs import signs

PLANTED = [
    *("jane@example.org", "jane dot doe at mail dot com", "jane (at) mail (dot) com", "sue at gmail.com"),
    *("07700 900123", "+44 (0)7700 900-123", "O77OO 900123", "(01623) 555123", "+33 1 23 45 67 89"),
    *(
        "NG17 4EA",
        "ngl7 4ea",
        "GIR 0AA",
        "AB12 CDE",
        "ab12cde",
        "XI12-CDE",
        "A123 BCD",
        "abc123d",
        "reg 7 AB",
    ),
    *("QQ 12 34 56 C", "OA123456C", "NO93 8601 1117 947", "943 476 5919", "4111 1111-1111 1111"),
    *(
        "sort code 12-34-56",
        "12–34–56 12345678",
        "acc no 1234567",
        "DOB 1/2/1980",
        "do.b 3 May 1984 day",
        "b. 1980",
    ),
    *(
        "53.12345, -1.26543",
        "53°07'24\"N 1°15'35\"W",
        "SK 12345 12345",
        "UPRN 100030123456",
        "number 12",
        "NO.7",
    ),
    *(
        "Mill Road House 5",
        "at no 12",
        "example.org/a",
        "WWW.example.org",
        "HTTPS://x.y/z",
        "u/jane",
        "r/u_jane",
    ),
    *(
        "ſ",
        "ı",
        "İ",
        "\u212a",
        "é",
        "²",
        "٣",
        "_",
        "-",
        ".",
        ",",
        "[",
        "]",
        "O",
        "o",
        "1",
        "22",
        "a",
        "AB",
        "\n",
    ),
]
TEXTS = st.lists(st.sampled_from([*PLANTED, " ", "  ", ""]) | st.text(max_size=3), max_size=9).map("".join)


def _sorted(text: str, form: Outline) -> bool:
    return form.run > 0 and bank._SORTED.search(folded(text)) is not None


def _banked(text: str) -> bool:
    return "bank" in signs(text) or bank._THREE.search(text) is not None


Gate = Callable[[str, Outline], object]
GATES: dict[str, tuple[re.Pattern[str], Gate]] = {
    "coordinates": (spots._PAIR, lambda text, form: b"00.000" in form.letters),
    "grid": (spots._GRID, lambda text, form: form.run >= 8),
    "property": (spots._UPRN, lambda text, form: "uprn" in folded(text)),
    "IBAN": (bank._IBAN, lambda text, form: b"aa00" in form.letters),
    "bank": (bank._BANK, lambda text, form: (form.run >= 7 or _sorted(text, form)) and _banked(text)),
    "card": (bank._CARD, lambda text, form: form.run >= 13),
    "NHS": (numbers._NHS, lambda text, form: form.run >= 10),
    "NI": (numbers._NI, lambda text, form: form.insured),
    "phone": (numbers._PHONE, lambda text, form: form.run >= 8),
    "postcode": (postcodes._SHAPE, lambda text, form: form.beside or "GIR" in text or "gir" in text),
    "plate": (plates._SHAPE, lambda text, form: plates._TOLD.search(form.letters)),
    "older plate": (oldplates._OLDER, lambda text, form: oldplates._SKETCH.search(form.places)),
    "house after its street": (homes._AFTER, lambda text, form: homes._NAMED.search(folded(text))),
    "house alone": (homes._ALONE, lambda text, form: homes._NAMED.search(folded(text))),
    "e-mail": (accounts._EMAIL, lambda text, form: accounts._MAIL_SIGN.search(text)),
    "spelt e-mail": (accounts._SPELT, lambda text, form: accounts._SPELT_SIGN.search(folded(text))),
    "u/name": (accounts._U_NAME, lambda text, form: "u/" in text.lower() or "r/" in text.lower()),
}  # fmt: skip


@pytest.mark.parametrize("name", GATES)
@settings(max_examples=300)
@given(text=TEXTS)
def test_no_form_is_hidden_by_what_is_asked_before_it(name: str, text: str) -> None:
    form, gate = GATES[name]
    if form.search(text):
        assert gate(text, outline(text))


@settings(max_examples=300)
@given(text=TEXTS)
def test_a_text_is_parted_at_the_same_links_whatever_is_asked_before(text: str) -> None:
    assert addresses.linked(text) == addresses.LINK.split(text)


@pytest.mark.parametrize("letter", ["ſ", "ı", "İ", "\u212a"])
def test_letters_that_match_others_in_patterns_are_folded_to_them(letter: str) -> None:
    assert re.fullmatch("[a-z]", letter, re.IGNORECASE)
    assert re.fullmatch("[a-z]", folded(letter))
