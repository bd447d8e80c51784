"""Invents a French creditor's file of any size, one line in a hundred faulty, and says which. The same size and seed give the same bytes.

    python tests/bench/generator.py 100000 folder

writes `folder/creances.csv` (UTF-8, semicolons, French dates and amounts, canonical headings of the open format) and
`folder/verite.csv` (line, kind of fault). People, firms, numbers and accounts are invented: check digits are right, nothing
else is. Standard library only.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TODAY = dt.date(2026, 11, 23)
CREDITOR = "C0001"
HEADER = (
    "code_creancier", "reference_debiteur", "type_debiteur", "nom", "prenom", "siren", "adresse", "code_postal", "ville", "courriel",
    "telephone", "iban", "reference_creance", "date_emission", "date_echeance", "montant", "deja_regle",
)  # fmt: skip
AT = {name: place for place, name in enumerate(HEADER)}
FAULTS = (
    "date",
    "negative",
    "amount",
    "creditor",
    "iban",
    "siren",
    "reference",
    "due-before-issue",
    "paid",
    "email",
    "duplicate",
)
FAULTY = 0.01
FIRST_NAMES = (
    "Adèle Agathe Alban Alix Amélie Anaïs André Anouk Arthur Aya Bastien Béatrice Blaise Brice Capucine Céleste César Chloé Colette Côme Cyril "
    "Damien Daphné Édouard Élise Éloïse Émile Esther Eugénie Fanny Félix Firmin Flore Frédéric Gaëlle Gaspard Gauthier Geoffroy Ginette Héloïse "
    "Hervé Honoré Hugues Irène Isaure Jeanne Jérémie Joël Joséphine Judith Karim Léonie Lilian Loïc Louison Maël Maëva Marceau Maxence Mélodie "
    "Mohamed Naïma Nathan Noé Odile Olympe Ombeline Pascal Perrine Quentin Rachid Rémi Romane Rosalie Sacha Salomé Séverin Simone Stéphane Suzanne "
    "Tanguy Thaïs Tiphaine Ulysse Valentin Véronique Victoire Xavier Yasmine Yves Zélie"
).split()
STEMS = "Bel Cham Char Chau Cour Del Des Du Fon Gar Gau Gran Guil La Lam Lan Le Mar Mau Mon Mor Per Pi Pou Ra Ren Ri Rous Sau Ta Ver Vil".split()
ENDS = "bert blay bois bon breuil chard cher court crois deau det dier dron fort gier geon grange laume let lier lin mont nard neau nier quet rand reau rin rot sard seau tel tier vaux val vert".split()
TRADES = "Atelier Boulangerie Charpente Clinique Couverture Électricité Fournil Garage Imprimerie Jardinerie Librairie Maçonnerie Menuiserie Optique Plomberie Serrurerie Transports Verrerie".split()
FORMS = "SARL SAS EURL SASU SCI".split()
STREETS = (
    "rue des Écoles", "avenue de la Gare", "place du Marché", "impasse des Érables", "rue de l'Église", "boulevard Voltaire", "chemin du Moulin",
    "allée des Cèdres", "quai des Tanneurs", "rue du Huit-Mai", "route de Sélestat", "cours Lafayette",
)  # fmt: skip
CITIES = (
    ("75012", "Paris"), ("69007", "Lyon"), ("13008", "Marseille"), ("31500", "Toulouse"), ("44300", "Nantes"), ("67100", "Strasbourg"),
    ("33800", "Bordeaux"), ("59000", "Lille"), ("35700", "Rennes"), ("51100", "Reims"), ("42100", "Saint-Étienne"), ("38100", "Grenoble"),
    ("21000", "Dijon"), ("49000", "Angers"), ("30000", "Nîmes"), ("63100", "Clermont-Ferrand"), ("29200", "Brest"), ("87100", "Limoges"),
    ("64000", "Pau"), ("54000", "Nancy"), ("86000", "Poitiers"), ("17000", "La Rochelle"), ("66000", "Perpignan"), ("80000", "Amiens"),
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A file and its truth: `faults` by line of the file, `amount` the cents still owed on the good lines."""

    data: bytes
    lines: int
    faults: dict[int, str]
    debtors: int
    amount: int


def make(size: int, seed: int = 1, prefix: str = "") -> Made:
    """`size` lines; another `prefix` gives other debtors and references, so that two files meet nothing in common."""
    dice = random.Random(f"quittance {seed} {size} {prefix}")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(HEADER)
    faults: dict[int, str] = {}
    amount, good, debtors = 0, "", 0
    line = 1
    while line <= size:
        debtors += 1
        who = debtor(dice, f"{prefix}D{debtors:07d}")
        for _ in range(min(dice.randint(1, 5), size + 1 - line)):
            line += 1
            cells, owed = debt(dice, who, f"{prefix}F{line:07d}")
            if dice.random() < FAULTY and good:
                faults[line] = dice.choice(FAULTS)
                spoil(cells, faults[line], good)
            else:
                good, amount = cells[AT["reference_creance"]], amount + owed
            writer.writerow(cells)
    return Made(out.getvalue().encode(), size, faults, debtors, amount)


def debtor(dice: random.Random, ref: str) -> list[str]:
    """The twelve first columns of a debtor's lines."""
    name = (
        dice.choice(STEMS)
        + dice.choice(ENDS)
        + ("-" + dice.choice(STEMS) + dice.choice(ENDS) if dice.random() < 0.3 else "")
    )
    firm = dice.random() < 0.3
    postcode, city = dice.choice(CITIES)
    return [
        CREDITOR, ref, "professionnel" if firm else "particulier",
        f"{dice.choice(TRADES)} {name} {dice.choice(FORMS)}" if firm else name, "" if firm else dice.choice(FIRST_NAMES), siren(dice) if firm else "",
        f"{dice.randint(1, 180)} {dice.choice(STREETS)}", postcode, city,
        f"{ref.lower()}@exemple.fr" if dice.random() < 0.7 else "",
        f"06{dice.randint(10_000_000, 89_999_999)}" if dice.random() < 0.8 else "", iban(dice) if dice.random() < 0.6 else "",
    ]  # fmt: skip


def debt(dice: random.Random, who: list[str], ref: str) -> tuple[list[str], int]:
    """One line and the cents still owed on it."""
    due = TODAY + dt.timedelta(days=dice.randint(-1095, 30))
    issued = due - dt.timedelta(days=dice.choice((30, 30, 45, 60)))
    amount = min(4_000_000, max(1500, int(dice.lognormvariate(10.3, 1.1))))
    paid = amount * dice.randint(5, 80) // 100 if dice.random() < 0.2 else 0
    issued = min(issued, TODAY)
    return [
        *who,
        ref,
        issued.strftime("%d/%m/%Y"),
        due.strftime("%d/%m/%Y"),
        french(amount, dice),
        french(paid, dice),
    ], amount - paid


def spoil(cells: list[str], kind: str, good: str) -> None:
    """Put a fault of one of eleven kinds into a line; `good` is the reference of an earlier good line."""
    issued, due = cells[AT["date_emission"]], cells[AT["date_echeance"]]
    changes = {
        "date": {"date_echeance": "31/02/2026"},
        "negative": {"montant": "-12,00"},
        "amount": {"montant": "douze"},
        "creditor": {"code_creancier": "C9999"},
        "iban": {"iban": "FR0012345678901234567890123"},
        "siren": {"siren": "123456789"},
        "reference": {"reference_creance": ""},
        "due-before-issue": {
            "date_emission": due if day(due) <= TODAY else "02/06/2026",
            "date_echeance": issued if day(due) <= TODAY else "01/06/2026",
        },
        "paid": {"deja_regle": "90 000,00"},
        "email": {"courriel": "pas-une-adresse"},
        "duplicate": {"reference_creance": good},
    }[kind]
    for name, text in changes.items():
        cells[AT[name]] = text


def day(text: str) -> dt.date:
    """A French day."""
    return dt.date(int(text[6:]), int(text[3:5]), int(text[:2]))


def french(cents: int, dice: random.Random) -> str:
    """Euros as people write them: 1234,56, 1 234,56 with a space or with a narrow no-break space."""
    euros = f"{cents // 100:,}".replace(",", dice.choice(("", " ", "\u202f")))
    return f"{euros},{cents % 100:02d}"


def siren(dice: random.Random) -> str:
    """Nine digits whose last one makes the Luhn sum right."""
    digits = str(dice.randint(30_000_000, 99_999_999))
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(digits)]
    return digits + str(-sum(d // 10 + d % 10 for d in doubled) % 10)


def iban(dice: random.Random) -> str:
    """An account of a bank that does not exist, with its two check digits."""
    account = f"99999{dice.randint(0, 99_999):05d}{dice.randint(0, 10**11 - 1):011d}{dice.randint(1, 97):02d}"
    return f"FR{98 - int(account + '152700') % 97:02d}{account}"


def truth(made: Made) -> Iterator[str]:
    """The faults as lines of a CSV."""
    yield "line;fault"
    yield from (f"{line};{kind}" for line, kind in made.faults.items())


if __name__ == "__main__":
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    found = make(int(sys.argv[1]))
    (folder / "creances.csv").write_bytes(found.data)
    (folder / "verite.csv").write_text("\n".join(truth(found)) + "\n", encoding="utf-8")
    print(
        f"{found.lines} lines, {found.debtors} debtors, {len(found.faults)} faulty, {found.amount / 100:.2f} owed on the good ones"
    )
