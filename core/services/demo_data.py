"""Reads data/demo strictly: the agency, its creditors, names, words, courses, hero cases; an unknown key is told. Invents nothing."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.domain.money import cents
from core.law.strict_yaml import Entry, read_file

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "demo"
STEP = tuple(
    "in by result note reason proof name first documents court procedure steps amount date means to reference hour then count number "
    "kind role stage outcome place actor facts tracking channel".split()
)
DEBTOR = ("first", "siren", "extra", "country", "phone", "phone2", "mail", "lang")
MANDATE = ("amounts", "guarantee", "remittance_terms", "claims")
DOINGS = tuple(
    "call email letter sms visit event pay reverse note next lift more person point plan due break court hold ask answer credit "
    "assign issue complain acknowledge reply scan".split()
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done: when (as written), what, and the rest as written."""

    day: str
    do: str
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Course:
    """What happens to a case; `placed` and `age` are days, from - to."""

    name: str
    placed: str
    letter: bool
    nature: str
    age: str
    abroad: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Debtor:
    """An invented person or company, as a creditor's file writes it."""

    kind: str
    name: str
    street: str
    postcode: str
    city: str
    first: str = ""
    siren: str = ""
    extra: str = ""
    country: str = ""
    phone: str = ""
    phone2: str = ""
    mail: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class HeroDebt:
    """A debt written by hand: cents, days between its due date and the placement."""

    ref: str
    label: str
    amount: int
    due: int
    paid: int


@dataclass(frozen=True, slots=True)
class Hero:
    """A case written by hand."""

    name: str
    creditor: str
    placed: int
    debtor: Debtor
    debts: tuple[HeroDebt, ...]
    course: Course


@dataclass(frozen=True, slots=True)
class House:
    """A creditor: how it is entered, how its files look, which courses its cases take."""

    entry: Mapping[str, str]
    mandate: Mapping[str, str]
    colleague: str
    area: str
    business: int
    nature: str
    refs: str
    amounts: tuple[int, ...]
    debts: tuple[int, ...]
    due: tuple[int, ...]
    spacing: int
    firsts: bool
    files: tuple[int, ...]
    labels: tuple[str, ...]
    columns: Mapping[str, str]
    cases: Mapping[str, int]

    @property
    def ref(self) -> str:
        """The creditor's code in the agency."""
        return self.entry["ref"]


@dataclass(frozen=True, slots=True)
class People:
    """Names and places to walk through."""

    surnames: tuple[str, ...]
    first_names: tuple[str, ...]
    companies: tuple[str, ...]
    streets: tuple[str, ...]
    extras: tuple[str, ...]
    mail: str
    phones: Mapping[str, str]
    towns: Mapping[str, tuple[tuple[str, str], ...]]
    abroad: tuple[Debtor, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """All of it."""

    first_day: int
    closed_days: frozenset[str]
    late: int
    letters_since: int
    agency: Mapping[str, str]
    insurance_until: int
    prosecutor_declared: int
    sent: Mapping[str, str]
    team: Mapping[str, tuple[str, str]]
    houses: tuple[House, ...]
    people: People
    words: Mapping[str, tuple[str, ...]]
    courses: Mapping[str, Course]
    heroes: Mapping[str, Hero]


@functools.cache
def script() -> Script:
    """The whole demonstration; raises Refusal naming file and line when a line is not as foreseen."""
    told = _file("agency").mapping(
        "first_day closed_days late letters_since agency insurance_until prosecutor_declared sent team creditors".split()
    )
    team = {key: one.mapping(["name", "email"]) for key, one in told["team"].free_mapping().items()}
    courses = _file("courses").mapping(["courses"])["courses"].free_mapping()
    heroes = _file("heroes").mapping(["heroes"])["heroes"].free_mapping()
    return Script(
        told["first_day"].whole(),
        frozenset(_words(told["closed_days"])),
        told["late"].whole(1),
        told["letters_since"].whole(),
        _texts(told["agency"]),
        told["insurance_until"].whole(),
        told["prosecutor_declared"].whole(),
        _texts(told["sent"]),
        {key: (_word(one["name"]), _word(one["email"])) for key, one in team.items()},
        tuple(_house(one) for one in told["creditors"].items()),
        _people(_file("people")),
        {pool: _words(lines) for pool, lines in _file("words").free_mapping().items()},
        {name: _course(name, one) for name, one in courses.items()},
        {name: _hero(name, one) for name, one in heroes.items()},
    )


def _file(name: str) -> Entry:
    return read_file(FOLDER / f"{name}.yaml", ROOT)


def _word(entry: Entry) -> str:
    """A scalar as it is written: a number stays the text of the number."""
    return str(entry.node.value)


def _words(entry: Entry) -> tuple[str, ...]:
    return tuple(_word(one) for one in entry.items())


def _all_words(entry: Entry) -> tuple[str, ...]:
    """A list of lists, as one."""
    return tuple(word for part in entry.items() for word in _words(part))


def _wholes(entry: Entry) -> tuple[int, ...]:
    return tuple(one.whole() for one in entry.items())


def _texts(entry: Entry) -> dict[str, str]:
    return {key: _word(value) for key, value in entry.free_mapping().items()}


def _house(entry: Entry) -> House:
    plain = [
        "ref",
        "name",
        "legal_form",
        "siren",
        "address",
        "postcode",
        "city",
        "contact_name",
        "email",
        "phone",
        "iban",
        "quality",
    ]
    own = "colleague area business nature refs amounts debts due files labels columns mandate cases".split()
    told = entry.mapping([*plain, *own], ["monthly", "quarterly", "firsts"])
    terms = ["ref", "signed", "basis", "fee_terms", "remittance_days", "max_instalments", "max_discount"]
    mandate = {key: _word(value) for key, value in told["mandate"].mapping(terms, MANDATE).items()}
    return House(
        {key: _word(told[key]) for key in plain},
        mandate,
        _word(told["colleague"]),
        _word(told["area"]),
        told["business"].whole(),
        _word(told["nature"]),
        _word(told["refs"]),
        _wholes(told["amounts"]),
        _wholes(told["debts"]),
        _wholes(told["due"]),
        91 if "quarterly" in told else 30,
        "firsts" in told,
        _wholes(told["files"]),
        _words(told["labels"]),
        _texts(told["columns"]),
        {name: count.whole(1) for name, count in told["cases"].free_mapping().items()},
    )


def _people(entry: Entry) -> People:
    told = entry.mapping(["surnames", "first_names", "companies", "streets", "extras", "mail", "towns", "abroad"])
    towns = {area: one.mapping(["phone", "list"]) for area, one in told["towns"].free_mapping().items()}
    pairs = {area: tuple(_words(town) for town in one["list"].items()) for area, one in towns.items()}
    return People(
        _all_words(told["surnames"]),
        _all_words(told["first_names"]),
        _all_words(told["companies"]),
        _all_words(told["streets"]),
        _words(told["extras"]),
        _word(told["mail"]),
        {area: _word(one["phone"]) for area, one in towns.items()},
        {area: tuple((town[0], town[1]) for town in list_) for area, list_ in pairs.items()},
        tuple(_debtor(one) for one in told["abroad"].items()),
    )


def _debtor(entry: Entry) -> Debtor:
    told = entry.mapping(["kind", "name", "street", "postcode", "city"], DEBTOR)
    return Debtor(**{key: _word(value) for key, value in told.items()})


def _step(entry: Entry) -> Step:
    told = entry.mapping(["day", "do"], STEP)
    rest = {key: _word(value) for key, value in told.items() if key not in ("day", "do")}
    return Step(_word(told["day"]), told["do"].choice(DOINGS), rest)


def _course(name: str, entry: Entry) -> Course:
    told = entry.mapping(["placed", "steps"], ["letter", "nature", "age", "abroad"])
    return Course(
        name,
        _word(told["placed"]),
        told["letter"].flag() if "letter" in told else True,
        _word(told["nature"]) if "nature" in told else "",
        _word(told["age"]) if "age" in told else "",
        "abroad" in told,
        tuple(_step(one) for one in told["steps"].items()),
    )


def _hero(name: str, entry: Entry) -> Hero:
    told = entry.mapping(["creditor", "placed", "debtor", "debts", "steps"], ["letter"])
    letter = told["letter"].flag() if "letter" in told else True
    steps = tuple(_step(one) for one in told["steps"].items())
    debts = tuple(_hero_debt(one) for one in told["debts"].items())
    placed = told["placed"].whole(1)
    course = Course(name, str(placed), letter, "", "", abroad=False, steps=steps)
    return Hero(name, _word(told["creditor"]), placed, _debtor(told["debtor"]), debts, course)


def _hero_debt(entry: Entry) -> HeroDebt:
    told = entry.mapping(["ref", "label", "amount", "due"], ["paid"])
    paid = cents(_word(told["paid"])) if "paid" in told else 0
    return HeroDebt(_word(told["ref"]), _word(told["label"]), cents(_word(told["amount"])), told["due"].whole(), paid)
