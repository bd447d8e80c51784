"""Bytes to text: byte order mark, UTF-8, cp1252, and the person who knows better."""

import pytest

from core.domain.messages import Refusal
from core.exchange.encoding import CHOICES, canonical, decode, french_score

SENTENCE = "Créance n° 12 : 1 234,50 € à l’échéance, Noël"


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        pytest.param(SENTENCE.encode(), "utf-8", False, id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + SENTENCE.encode(), "utf-8", True, id="utf-8 with its mark"),
        pytest.param(SENTENCE.encode("cp1252"), "cp1252", False, id="cp1252"),
        pytest.param(b"\xff\xfe" + SENTENCE.encode("utf-16-le"), "utf-16", True, id="utf-16 little endian"),
        pytest.param(b"\xfe\xff" + SENTENCE.encode("utf-16-be"), "utf-16", True, id="utf-16 big endian"),
    ],
)
def test_the_rule_reads_french_without_a_choice(data, encoding, bom):
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.bom) == (SENTENCE, encoding, bom)


def test_plain_ascii_is_utf_8():
    assert decode(b"a;b;c").encoding == "utf-8"


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        ("iso8859-15", "Œuvre à 12 €"),
        ("cp850", "Créé à Nîmes, n° 4"),
        ("mac_roman", "Élève – “été”"),
        ("cp1252", "l’été à 12 €"),
    ],
)
def test_a_choice_wins_over_the_rule(choice, text):
    decoded = decode(text.encode(choice), choice)
    assert (decoded.text, decoded.encoding) == (text, choice)


def test_a_choice_wins_over_valid_utf_8():
    # é in UTF-8 is C3 A9, which cp1252 reads as Ã and ©
    assert decode("é".encode(), "cp1252").text == "Ã©"


@pytest.mark.parametrize("data", ["é;à".encode("utf-16"), "é;à".encode("utf-16-le")], ids=["with mark", "without mark"])
def test_utf_16_by_choice_is_read_with_or_without_its_mark(data):
    assert decode(data, "utf-16").text == "é;à"


def test_a_chosen_utf_8_loses_its_mark():
    assert decode(b"\xef\xbb\xbfa", "UTF-8").text == "a"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("windows-1252", "cp1252"),
        ("latin9", "iso8859-15"),
        ("UTF8", "utf-8"),
        ("IBM850", "cp850"),
        ("macroman", "mac_roman"),
    ],
)
def test_people_may_name_an_encoding_their_own_way(typed, name):
    assert canonical(typed) == name
    assert name in CHOICES


@pytest.mark.parametrize("typed", ["klingon", "utf-7", "rot13", "idna", "a\x00b"])
def test_another_encoding_is_refused_with_the_choices(typed):
    with pytest.raises(Refusal) as refusal:
        canonical(typed)
    problem = refusal.value.problems[0]
    assert problem.code == "encoding-unknown"
    assert "iso8859-15" in str(problem.remedy)


def test_a_byte_without_a_letter_is_refused_with_its_line():
    # 0x81 is no sign in cp1252
    with pytest.raises(Refusal) as refusal:
        decode(b"a\nb\nc\x81\n")
    problem = refusal.value.problems[0]
    assert (problem.code, problem.where, problem.value) == ("encoding-mismatch", "line 3", "81")


LABELS = (
    "N° 12",
    "CRÉÉ À L’ÉTÉ",
    "livraison à Paris",
    "contrôle forêt naïve où ça",
    "Société “Le Port” – l’été… 12 €",
    "VOILÀ… 5° ÉTAGE",
)


@pytest.mark.parametrize("real", ["cp1252", "cp850"])
@pytest.mark.parametrize("label", LABELS)
def test_french_labels_choose_between_windows_and_dos(label, real):
    # € … “ ” – ’ and œ do not exist in cp850: a DOS program has written something plainer
    plain = label.translate(str.maketrans({"€": "E", "…": ".", "“": '"', "”": '"', "–": "-", "’": "'"}))
    data = (label if real == "cp1252" else plain).encode(real)
    assert decode(data, guesses=("cp1252", "cp850")).encoding == real


def test_a_tie_goes_to_the_first_guess():
    # 0xDB is Û in cp1252 and a block in cp850; 0xFA alone is ú and a dot: French in neither
    assert french_score(b"x\xfax", "cp1252") == french_score(b"x\xfax", "cp850") == 0
    assert decode(b"x\xfax", guesses=("cp1252", "cp850")).encoding == "cp1252"
