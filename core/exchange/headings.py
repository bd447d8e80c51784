"""Guesses which column of a table is which field, from its heading first and its cells second. Reads no file, decides nothing.

A guess is shown to the person before anything enters. It stays silent rather than wrong: a heading that could be two
fields, or two headings that could be one field, are left to the person.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from core.domain import identity
from core.domain.cells import read_amount, read_date
from core.domain.folding import words
from core.domain.messages import Refusal
from core.domain.placement_fields import Field
from core.domain.takeover_fields import BY_KEY, RECORD_KINDS

EXACT, STRONG, WEAK, TYPO, CONTENT = 1.0, 0.95, 0.6, 0.5, 0.4
LONGEST = 60  # characters of a heading
SAMPLE = 60  # cells looked at in a column
_CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_NUMBER_SIGN = re.compile(r"\bn\s*[°º]|#", re.IGNORECASE)
_EMPTY_WORDS = frozenset("de du des d la le les l of the en un une a au aux eur euro euros".split())
_SAME = {
    "num": "numero", "nr": "numero", "no": "numero", "nb": "nombre", "mt": "montant", "mnt": "montant", "dt": "date", "adr": "adresse",
    "tel": "telephone",
    "ech": "echeance", "fac": "facture", "fact": "facture", "factures": "facture", "clt": "client", "cli": "client", "deb": "debiteur",
    "ref": "reference",
    "refs": "reference", "cd": "code", "lib": "libelle", "tiers": "tiers", "cplt": "complement", "deja": "deja", "rs": "raison sociale",
}  # fmt: skip
# Headings that look like a field and are not: a guess would be a mistake of money or of person.
_NOT_FIELDS = (
    "montant ht", "total ht", "montant hors taxe", "montant hors taxes", "ht", "base ht", "montant tva", "taux tva", "tva", "total tva",
    "date naissance", "lieu naissance", "nom naissance", "nom commercial interlocuteur", "date relance", "date derniere relance",
    "nombre relances",
    "penalites", "montant penalites", "frais", "montant frais", "interets", "montant interets", "jours retard", "retard",
    "indemnite forfaitaire",
    "iban creancier", "iban fournisseur", "siren creancier", "siret creancier", "nom creancier", "date paiement", "date reglement",
    "mode reglement",
    "mode paiement", "date extraction", "date export", "nombre factures", "nom gestionnaire", "email gestionnaire",
    "telephone gestionnaire",
)  # fmt: skip


class Guess(NamedTuple):
    """Kind of lines, field of each recognised column, and how sure: 1 the published heading, below 0.6 to be checked."""

    kind: str
    mapping: dict[int, str]
    confidence: dict[int, float]


def guess(header: Sequence[str], rows: Sequence[Sequence[str]] = (), kind: str = "") -> Guess:
    """The fields of a header; `rows` are some lines under it, `kind` forces a kind of lines (debts, payments…)."""
    if kind:
        return _guess_kind(kind, header, rows)
    drafts = [(_guess_kind(k.key, header, ()), k) for k in RECORD_KINDS]
    _, best = max(drafts, key=lambda pair: _weight(pair[0], pair[1].telling, pair[1].key))
    return _guess_kind(best.key, header, rows)


def recognised(header: Sequence[str]) -> int:
    """How many cells of a row are known headings, rightly spelt; tells a row of headings from a title or from data."""
    known = _every_key()
    return sum(1 < len(cell) <= LONGEST and heading_key(cell) in known for cell in header)


def named_mapping(header: Sequence[str], named: Mapping[str, str]) -> dict[int, str]:
    """Column numbers for a mapping {heading: field} that a person saved; the first column of that heading counts."""
    places = {heading: at for at, heading in reversed(list(enumerate(header)))}
    return {places[heading]: field for heading, field in named.items() if heading in places}


def heading_key(heading: str) -> str:
    """The words that make a heading what it is: "N° de Facture" and "numeroFacture" give "numero facture"."""
    apart = (
        _CAMEL.sub(" ", _NUMBER_SIGN.sub(" numero ", heading))
        if not heading.isupper()
        else _NUMBER_SIGN.sub(" numero ", heading)
    )
    plain = [_SAME.get(w, w) for w in words(apart)]
    kept = [w for w in plain if w not in _EMPTY_WORDS]
    return " ".join(kept or plain)


def _weight(found: Guess, telling: tuple[str, ...], kind: str) -> tuple[float, ...]:
    """How well a kind fits: all its telling fields known, how many and how surely; debts win a tie."""
    known = set(found.mapping.values())
    told = sum(field in known for field in telling)
    published = sum(sure == EXACT for sure in found.confidence.values())
    return (told / len(telling), published, sum(found.confidence.values()), float(kind == "debts"))


def _guess_kind(kind: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Guess:
    """The guess for one kind of lines."""
    found = _by_heading(kind, header)
    fields = {f.name: f for f in BY_KEY[kind].fields}
    cells = {at: [row[at] for row in rows[:SAMPLE] if at < len(row) and row[at].strip()] for at in range(len(header))}
    fitting = {
        at: (name, sure) for at, (name, sure) in found.items() if sure >= STRONG or _fits(fields[name], cells[at])
    }
    chosen = _one_each(fitting, fields, cells)
    taken = {name for name, _ in chosen.values()}
    for at in range(len(header)):
        name = _by_content(cells[at]) if at not in found and heading_key(header[at]) not in _ignored() else ""
        if name in fields and name not in taken:
            chosen[at] = (name, CONTENT)
            taken.add(name)
    ordered = dict(sorted(chosen.items()))
    return Guess(kind, {at: name for at, (name, _) in ordered.items()}, {at: sure for at, (_, sure) in ordered.items()})


def _by_heading(kind: str, header: Sequence[str]) -> dict[int, tuple[str, float]]:
    """The field that each heading alone suggests."""
    index = _index(kind)
    found: dict[int, tuple[str, float]] = {}
    for at, heading in enumerate(header):
        key = heading_key(heading)
        match = index.get(key) or index.get(key.replace(" ", ""))
        if key and not match and len(key) <= LONGEST and key not in _ignored():
            match = _misspelt(key, kind)
        if match:
            found[at] = match
    return found


def _one_each(
    found: dict[int, tuple[str, float]], fields: Mapping[str, Field], cells: Mapping[int, list[str]]
) -> dict[int, tuple[str, float]]:
    """At most one column a field: the surest of those whose cells fit; none when two are as sure."""
    chosen: dict[int, tuple[str, float]] = {}
    for name in {name for name, _ in found.values()}:
        rivals = {at: sure for at, (n, sure) in found.items() if n == name}
        fitting = [at for at in rivals if cells[at] and _fits(fields[name], cells[at])] or list(rivals)
        surest = max(rivals[at] for at in fitting)
        best = [at for at in fitting if rivals[at] == surest]
        if len(best) == 1:
            chosen[best[0]] = (name, rivals[best[0]])
    second = [at for at, (name, _) in found.items() if name == "phone" and at not in chosen]
    if (
        len(second) == 1
        and "phone" in {n for n, _ in chosen.values()}
        and "phone2" not in {n for n, _ in found.values()}
    ):
        chosen[second[0]] = ("phone2", WEAK)
    return chosen


@functools.cache
def _every_key() -> frozenset[str]:
    return frozenset(key for kind in RECORD_KINDS for key in _index(kind.key))


@functools.cache
def _ignored() -> frozenset[str]:
    return frozenset(heading_key(text) for text in _NOT_FIELDS)


@functools.cache
def _index(kind: str) -> dict[str, tuple[str, float]]:
    """Heading key, with and without spaces -> field and confidence; a key that two fields claim equally is nobody's."""
    index: dict[str, tuple[str, float]] = {}
    nobody: set[str] = set()
    for field in BY_KEY[kind].fields:
        known = ((EXACT, (field.heading, field.name)), (STRONG, (str(field.label), *field.strong)), (WEAK, field.weak))
        for sure, texts in known:
            for text in texts:
                key = heading_key(text)
                for form in {key, key.replace(" ", "")}:
                    held = index.get(form)
                    if held is None or held[1] < sure:
                        index[form] = (field.name, sure)
                        nobody.discard(form)
                    elif held[0] != field.name and held[1] == sure:
                        nobody.add(form)
    return {form: match for form, match in index.items() if form not in nobody}


@functools.lru_cache(maxsize=4096)  # a creditor's files have the same headings each time
def _misspelt(key: str, kind: str) -> tuple[str, float] | None:
    """The one field that a heading names with a typing error in a long word; short words must be right."""
    typed = key.split(" ")
    near = {
        match[0]
        for known, match in _index(kind).items()
        if " " in known or len(typed) == 1
        if _near(typed, known.split(" "))
    }
    return (near.pop(), TYPO) if len(near) == 1 else None


def _near(typed: list[str], known: list[str]) -> bool:
    """Whether the words are the same but for errors: one in five letters and more, two in seven and more."""
    if len(typed) != len(known) or any(
        a[0] != b[0] or abs(len(a) - len(b)) > 2 for a, b in zip(typed, known, strict=True)
    ):
        return False
    for one, other in zip(typed, known, strict=True):
        shorter = min(len(one), len(other))
        allowed = 0 if shorter < 5 else 1 if shorter < 7 else 2
        if one != other and _distance(one, other) > allowed:
            return False
    return True


def _distance(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _fits(field: Field, cells: list[str]) -> bool:
    """Whether most cells can be what the field holds; an empty column denies nothing."""
    reading: Callable[[str], object] | None = {"date": read_date, "amount": read_amount}.get(field.kind)
    return reading is None or not cells or _share(cells, reading) >= 0.8


def _by_content(cells: list[str]) -> str:
    """The field that unmistakable cells reveal under a heading that says nothing: e-mail, IBAN, SIRET."""
    tests: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("email", identity.email), ("iban", identity.iban), ("siret", identity.siret),
    )  # fmt: skip
    few, enough = cells[:3], len(cells) >= 3
    likely = (test for test in tests if enough and _share(few, test[1]) > 0)
    return next((name for name, reading in likely if _share(cells, reading) >= 0.9), "")


def _share(cells: list[str], reading: Callable[[str], object]) -> float:
    """The part of the cells that a reading accepts."""
    good = 0
    for cell in cells:
        try:
            good += bool(reading(cell) is not None)
        except Refusal:
            continue
    return good / len(cells)
