"""Who is in the demonstration: every case with its debtor, debts and day of placement. Does nothing to a store.

The cases are those of agency.yaml (so many of each course for each creditor) and the hero cases written by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.domain.folding import fold
from core.i18n import texts
from core.services.demo_data import Course, Debtor, Hero, House, People, Script
from core.services.demo_days import Days, number, one_of, span

FIRST_REF = 10_001
BY_HAND = 11  # one case in so many was typed, not imported
PAID_BEFORE = 6  # one debt in so many had been paid in part to the creditor


@dataclass(frozen=True, slots=True)
class Debt:
    """A debt as its creditor's file says it; cents."""

    ref: str
    nature: str
    label: str
    issued: dt.date
    due: dt.date
    amount: int
    paid: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A case of the demonstration; `late`: how many days its next step waits for someone who was away."""

    key: str
    number: int
    house: House
    debtor: Debtor
    debts: tuple[Debt, ...]
    placed: dt.date
    by_hand: bool
    course: Course
    late: int = 0

    @property
    def owed(self) -> int:
        """What it owes when it is placed, in cents."""
        return sum(debt.amount - debt.paid for debt in self.debts)


def cast(script: Script, days: Days) -> tuple[Case, ...]:
    """Every case, those of a creditor together."""
    found: list[Case] = []
    for house in script.houses:
        people = _Walk(script.people, house, len(found))
        found.extend(_hero(house, hero, days, at) for at, hero in enumerate(_own(script, house), 1))
        wanted = [name for name, count in house.cases.items() for _ in range(count)]
        for at, name in enumerate(wanted, 1):
            found.append(_case(script, people, script.courses[name], days, at))
    return tuple(found)


def _own(script: Script, house: House) -> list[Hero]:
    return [hero for hero in script.heroes.values() if hero.creditor == house.ref]


def _hero(house: House, hero: Hero, days: Days, at: int) -> Case:
    placed = days.ago(hero.placed)
    debts: list[Debt] = []
    for told in hero.debts:
        due = _due(house, placed - dt.timedelta(days=told.due), debts[-1].due if debts else None)
        debts.append(debt(house, told.ref, house.nature, told.label, due, told.amount, told.paid))
    return Case(hero.name, 900 + at, house, hero.debtor, tuple(debts), placed, by_hand=False, course=hero.course)


def _case(script: Script, people: _Walk, course: Course, days: Days, at: int) -> Case:
    house = people.house
    key = f"{house.ref}-{at:03d}"
    low, _, high = course.placed.partition("-")
    files = [age for age in house.files if int(low) <= age <= int(high or low)]
    by_hand = not files or at % BY_HAND == 0
    placed = days.ago(span(course.placed, key) if by_hand else one_of(key, files))
    waits = house.cases[course.name] > 1 and number(key + "waits", script.late) == 0
    late = 1 + number(key + "late", 4) if waits else 0
    debtor = people.abroad(at) if course.abroad else people.debtor(at)
    debts = _debts(house, course, placed, at, key)
    return Case(key, at, house, debtor, debts, placed, by_hand, course, late)


def _debts(house: House, course: Course, placed: dt.date, at: int, key: str) -> tuple[Debt, ...]:
    low, high = house.debts
    count = 1 if course.nature else low + number(key + "debts", high - low + 1)
    age = span(course.age or f"{house.due[0]}-{house.due[1]}", key + "age")
    found: list[Debt] = []
    for nth in range(count):
        start = placed - dt.timedelta(days=age - house.spacing * nth)
        due = _due(house, start, found[-1].due if found else None)
        if nth and due >= placed - dt.timedelta(days=5):
            break
        ref = f"{house.refs}-{FIRST_REF + at * 10 + nth}"
        amount = found[0].amount if found and house.spacing != 30 else _amount(house, key, nth)
        amount = found[0].amount if found and house.firsts else amount
        paid = amount // 500 * 100 if not nth and number(key + "paid", PAID_BEFORE) == 0 else 0
        found.append(
            debt(house, ref, course.nature or house.nature, one_of(f"{key}{nth}", house.labels), due, amount, paid)
        )
    return tuple(found)


def _amount(house: House, key: str, nth: int) -> int:
    """More small sums than large ones, as in a real portfolio."""
    low, high = house.amounts
    part = number(f"{key}sum{nth}", 1000) * number(f"{key}size{nth}", 1000)
    return low * 100 + (high - low) * 100 * part // 1_000_000


def _due(house: House, day: dt.date, before: dt.date | None) -> dt.date:
    """The due date of a debt; for rents and the like the first of its month, of its quarter when they are quarterly."""
    if not house.firsts:
        return day
    month = (day.month - 1) // 3 * 3 + 1 if house.spacing > 31 else day.month
    first = day.replace(month=month, day=1)
    return next_first(house, before) if before and first <= before else first


def next_first(house: House, day: dt.date) -> dt.date:
    """The next due date after `day`: the first of the next month or quarter, or the same number of days later."""
    if not house.firsts:
        return day + dt.timedelta(days=house.spacing)
    later = day + dt.timedelta(days=house.spacing + 5)
    return later.replace(day=1)


def debt(house: House, ref: str, nature: str, label: str, due: dt.date, amount: int, paid: int = 0) -> Debt:
    """A debt whose label names its month or quarter where the creditor's do."""
    t = texts("fr")
    said = label.format(month=t.date(due, "LLLL yyyy"), quarter=t.date(due, "QQQQ yyyy"))
    said = f"Chèque impayé ({said})" if nature == "cheque" else said
    return Debt(ref, nature, said, due - dt.timedelta(days=10 if house.firsts else 30), due, amount, paid)


class _Walk:
    """Walks the lists of people, so that no two debtors have the same names."""

    def __init__(self, people: People, house: House, start: int) -> None:
        self.people, self.house, self.start = people, house, start

    def debtor(self, at: int) -> Debtor:
        """The debtor of the creditor's case number `at`."""
        business = self.house.business > 0 and at % self.house.business == 0
        return self._company(at) if business else self._person(at)

    def abroad(self, at: int) -> Debtor:
        """A debtor in another country."""
        return self.people.abroad[at % len(self.people.abroad)]

    def _person(self, at: int) -> Debtor:
        rank = self.start + at
        surname = self.people.surnames[rank * 7 % len(self.people.surnames)]
        first = self.people.first_names[rank * 11 % len(self.people.first_names)]
        mail = f"{_plain(first)}.{_plain(surname)}@{self.people.mail}" if rank % 5 else ""
        phone = f"06 39 98 {1 + rank // 100:02d} {rank % 100:02d}"
        second = f"06 39 98 {51 + rank // 100:02d} {rank % 100:02d}" if rank % 4 == 0 else ""
        return replace(self._place(rank, "individual", surname), first=first, mail=mail, phone=phone, phone2=second)

    def _company(self, at: int) -> Debtor:
        rank = self.start + at
        name = self.people.companies[rank * 5 % len(self.people.companies)]
        phone = f"{self.people.phones[self.house.area]} {20 + rank // 100:02d} {rank % 100:02d}"
        place = self._place(rank, "business", f"{name} {_BRANCHES[rank // 36 % 8]}".strip())
        return replace(place, siren=siren(100 + rank), mail=f"compta@{_plain(name)}{rank}.example", phone=phone)

    def _place(self, rank: int, kind: str, name: str) -> Debtor:
        street = self.people.streets[rank * 7 % len(self.people.streets)]
        postcode, city = one_of(f"town{rank}", self.people.towns[self.house.area])
        extra = self.people.extras[rank % len(self.people.extras)]
        return Debtor(kind, name, f"{1 + rank * 13 % 118} {street}", postcode, city, extra=extra)


_BRANCHES = ("", "Nord", "Sud", "Ouest", "Est", "Centre", "Littoral", "Rive Droite")


def siren(rank: int) -> str:
    """A SIREN that no company has: the form of a commune (21, department, commune) in a department 99; its Luhn key is right."""
    bare = f"2199{rank:04d}"
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(reversed(bare))]
    return bare + str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def _plain(name: str) -> str:
    return "".join(letter for letter in fold(name).replace(" ", "-") if letter.isalnum() or letter == "-").strip("-")


def placements(cases: tuple[Case, ...]) -> Iterator[tuple[House, dt.date, tuple[Case, ...]]]:
    """The files received: creditor, day, the cases in it."""
    files: dict[tuple[str, dt.date], list[Case]] = {}
    for case in cases:
        if not case.by_hand:
            files.setdefault((case.house.ref, case.placed), []).append(case)
    for (_, day), held in files.items():
        yield held[0].house, day, tuple(held)
