import numpy as np

from listening.analyse import ngrams, training

TEXTS = ["No bus again!", "Lovely lights", "", "The bus is late 😡", "Lovely new bus"]


def _one_by_one(text: str, bits: int) -> set[int]:
    """The columns of a text's grams, by the letter: what the batch must find."""
    spaced = " " + " ".join(ngrams.tokens(text)) + " "
    runs = [
        (0, spaced[at : at + n])
        for n in (2, 3, 4, 5)
        for at in range(len(spaced) - n + 1)
        if " " not in spaced[at + 1 : at + n - 1]
    ]
    words = spaced.split()
    runs += [(1, " ".join(words[at : at + n])) for n in (1, 2, 3) for at in range(len(words) - n + 1)]
    columns = set()
    for kind, run in runs:
        value = sum(ord(c) * pow(ngrams._BASE, at, 2**64) for at, c in enumerate(run)) + kind
        value %= 2**64
        columns.add(((value ^ value >> 32) * ngrams._MIX % 2**64) >> (64 - bits))
    return columns


def test_a_batch_finds_the_grams_of_each_text_alone() -> None:
    grams = ngrams.read(TEXTS, bits=20)
    for row, text in enumerate(TEXTS):
        assert set(grams.column[grams.row == row].tolist()) == _one_by_one(text, 20)
    many = ngrams.read(TEXTS * 500, bits=20)  # several blocks
    assert set(many.column[many.row == 2498].tolist()) == _one_by_one(TEXTS[3], 20)


def test_what_was_learnt_from_a_few_texts_is_told_of_them() -> None:
    grams = ngrams.read(TEXTS, bits=12)
    wanted = np.array([[1.0, 0], [0, 1], [0.5, 0.5], [1, 0], [0, 1]])
    for single in (True, False):
        table, bias = training.fit(grams, wanted, ridge=0.01, columns=2**12, single=single)
        said = training.chances(training.raw(grams, table, bias), single)
        assert np.allclose(said, wanted, atol=0.1)


def test_the_loss_is_brought_to_where_it_is_flat() -> None:
    inputs, wanted = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([[1.0], [0.0], [1.0], [1.0]])
    table, bias = training.fit(inputs, wanted, ridge=1.0, single=False)
    error = training.chances(inputs @ table + bias, single=False) - wanted
    assert np.allclose([error.sum(), (inputs.T @ error + table).item()], 0, atol=1e-2)
