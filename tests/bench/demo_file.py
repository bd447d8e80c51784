"""An import file shaped like the demonstration, of any size: its debtors, debts, natures and labels copied under other names. Measures nothing.

Each line is one that a creditor of the demonstration sends, in the headings of the open format, all under one creditor. A copy
keeps what gives the file its shape (kind of debtor, nature, label, dates, amounts, how many debts, which telephone and e-mail are
there) and changes what tells people apart. One line in a hundred is faulty, as in `generator.py`.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator

from core.services.demo_cast import Case, cast
from core.services.demo_data import script
from core.services.demo_days import Days
from core.services.demo_files import file_of
from tests.bench.generator import CREDITOR, FAULTS, FAULTY, HEADER, TODAY, Made, siren, spoil

MORE = ("reference_dossier", "complement_adresse", "pays", "telephone_2", "nature", "libelle")
HEADINGS = {
    "case_ref": "reference_dossier", "debtor_ref": "reference_debiteur", "debtor_kind": "type_debiteur", "name": "nom", "first_name": "prenom",
    "siren": "siren", "address": "adresse", "address_2": "complement_adresse", "postcode": "code_postal", "city": "ville", "country": "pays",
    "email": "courriel", "phone": "telephone", "phone_2": "telephone_2", "debt_ref": "reference_creance", "nature": "nature", "label": "libelle",
    "issued": "date_emission", "due": "date_echeance", "amount": "montant", "paid": "deja_regle",
}  # fmt: skip
Line = dict[str, str]


def make_demo_file(size: int) -> Made:
    """`size` lines; the same size gives the same bytes on the same day."""
    dice = random.Random(f"demonstration {size}")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow([*HEADER, *MORE])
    faults: dict[int, str] = {}
    amount, good, line = 0, "", 1
    for debtors, lines in enumerate(_copies(dice), 1):
        for each in lines:
            line += 1
            cells = [each.get(name, "") for name in (*HEADER, *MORE)]
            if dice.random() < FAULTY and good:
                faults[line] = dice.choice(FAULTS)
                spoil(cells, faults[line], good)
            else:
                good, amount = each["reference_creance"], amount + _cents(each["montant"]) - _cents(each["deja_regle"])
            writer.writerow(cells)
            if line > size:
                return Made(out.getvalue().encode(), size, faults, debtors, amount)
    raise AssertionError("the copies never end")


def _copies(dice: random.Random) -> Iterator[list[Line]]:
    """The lines of one case after the other, the whole cast again and again."""
    data = script()
    cases = cast(data, Days(TODAY, data.closed_days))
    surnames = data.people.surnames
    shapes = [_lines(case) for case in cases]
    rank = 0
    while True:
        for shape in shapes:
            rank += 1
            yield _renamed(shape, rank, surnames[dice.randrange(len(surnames))], dice)


def _lines(case: Case) -> list[Line]:
    """The lines its creditor sends; the kind of debtor stands where the creditor has no column for it."""
    rows = csv.DictReader(io.StringIO(file_of(case.house, (case,)).decode("utf-8-sig")), delimiter=";")
    names = {heading: HEADINGS[name] for name, heading in case.house.columns.items()}
    kind = {"individual": "particulier", "business": "professionnel"}[case.debtor.kind]
    return [{"type_debiteur": kind, **{names[heading]: text for heading, text in row.items()}} for row in rows]


def _renamed(shape: list[Line], rank: int, surname: str, dice: random.Random) -> list[Line]:
    """The same case of somebody else; only what is there is changed, so that as many telephones are missing."""
    first = shape[0]
    firm = first["type_debiteur"] != "particulier"
    digits = f"{rank:06d}"[-6:]
    ends = f"{digits[:2]} {digits[2:4]} {digits[4:]}"
    mail, _, domain = first["courriel"].partition("@")
    change = {
        "code_creancier": CREDITOR,
        "reference_dossier": f"S-{rank}",
        "reference_debiteur": f"D-{rank}",
        "nom": f"{first['nom']} {rank}" if firm else f"{first['nom']}-{surname}",
        "siren": siren(dice),
        "courriel": f"{mail}.{rank}@{domain}",
        "telephone": first["telephone"][:6] + ends,
        "telephone_2": first.get("telephone_2", "")[:6] + ends,
    }
    kept = {name: text for name, text in change.items() if name == "code_creancier" or first.get(name)}
    return [{**line, **kept, "reference_creance": f"{line['reference_creance']}-{rank}"} for line in shape]


def _cents(text: str) -> int:
    """Cents of 1234,56."""
    euros, _, cents = text.partition(",")
    return int(euros) * 100 + int(cents.ljust(2, "0"))
