"""Where the demonstration is played: who is at work on which day, the house, its creditors, the cases placed. Plays no act of a case."""

from __future__ import annotations

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

from core.domain.messages import Refusal
from core.domain.placement_fields import NATURES
from core.services import (
    agency,
    creditors,
    imports,
    placing,
    team,
)
from core.services.context import Ctx, User
from core.services.demo_cast import Case, Debt
from core.services.demo_data import House, Script
from core.services.demo_files import file_name, file_of
from core.store.cases import case_with_debt

_NATURE_KEYS = {word: c.key for c in NATURES for word in (c.key, c.word)}


class Stage:
    """Where the acts are played: the store under construction, the people at work, the cases placed so far."""

    def __init__(self, ctx: Ctx, script: Script, found: tuple[Case, ...]) -> None:
        self.base, self.script = ctx, script
        self.team: dict[str, User] = {"lead": ctx.user}
        self.houses: dict[str, int] = {}
        self.cases = {case.key: case for case in found}
        self.ids: dict[str, int] = {}
        self.letters: dict[str, str] = {}
        self.played = 0

    def at(self, on: dt.date, minute: int, who: str = "lead") -> Ctx:
        """The context of a colleague on a day, at a minute of it."""
        local = dt.datetime.combine(on, dt.time(minute // 60, minute % 60), ZoneInfo(self.base.time_zone))
        user = self.team.get(who, self.team["lead"])
        return dataclasses.replace(self.base, today=on, now=local.astimezone(dt.UTC), user=user)

    def enter(self, visitor: User) -> None:
        """The visitor leads the house."""
        self.team["lead"] = visitor
        self.base = dataclasses.replace(self.base, user=visitor)

    def token(self) -> str:
        """A form's token: each act is one."""
        self.played += 1
        return f"demo-{self.played}"

    def open_house(self, on: dt.date) -> None:
        """The agency's first day: its file of R.124-2, complete, and its colleagues."""
        today = self.base.today
        until = today + dt.timedelta(days=self.script.insurance_until)
        declared = today - dt.timedelta(days=self.script.prosecutor_declared)
        file = agency.AgencyFile(
            **self.script.agency, insurance_until=until.isoformat(), prosecutor_declared_on=declared.isoformat()
        )
        agency.save_agency_file(self.at(on, 9 * 60), file, 0)
        for key, (name, email) in self.script.team.items():
            user = team.add_colleague(self.at(on, 9 * 60 + 30), name, "collector", email)
            self.team[key] = User(user, name, "collector", self.base.lang)

    def creditor(self, house: House, on: dt.date) -> None:
        """A creditor and its mandate, signed that day."""
        ctx = self.at(on, 10 * 60)
        saved = creditors.save_creditor(ctx, creditors.CreditorEntry(**house.entry))
        told = dict(house.mandate)
        told.pop("signed")
        claims = dict.fromkeys(told.pop("claims", "").split(), True)
        terms: dict[str, object] = {
            "amounts": "Principal selon les pièces du créancier ; élément par élément",
            "guarantee": "Assurance de responsabilité civile professionnelle, police jointe",
            "remittance_terms": "Par virement, avec un relevé par dossier",
            **told,
            **claims,
            "remittance_days": int(told["remittance_days"]),
            "max_instalments": int(told["max_instalments"]),
        }
        creditors.save_mandate(ctx, saved, creditors.MandateEntry(signed_on=on, power_to_receive=True, **terms))  # type: ignore[arg-type]
        self.houses[house.ref] = saved

    def file(self, house: House, on: dt.date, held: tuple[Case, ...]) -> None:
        """A file of a creditor enters, as the import screen would have it."""
        ctx, creditor = self.at(on, 9 * 60 + 10, house.colleague), self.houses[house.ref]
        options = imports.Options()
        reading = imports.read_upload(ctx, creditor, file_name(house, held), file_of(house, held), options)
        view = reading.sheets[0]
        trial = imports.try_out(ctx, creditor, reading, view.name, view.mapping, options)
        if trial.problems:
            raise Refusal(*trial.problems)
        imports.commit(ctx, creditor, reading, trial, self.token())

    def by_hand(self, case: Case) -> None:
        """A case typed on the screen."""
        ctx = self.at(case.placed, 9 * 60 + 25, case.house.colleague)
        placing.place_case(ctx, self.entry(case, case.debts), self.token())

    def entry(self, case: Case, debts: tuple[Debt, ...]) -> placing.CaseEntry:
        """A case as it would be typed, with some debts."""
        one = case.debtor
        address = f"{one.street}\n{one.extra}".strip()
        return placing.CaseEntry(
            self.houses[case.house.ref], one.kind, one.name, one.first, one.siren, address, one.postcode, one.city,
            one.country or "FR", one.phone, one.mail, debts=tuple(_typed(debt) for debt in debts),
        )  # fmt: skip

    def case_id(self, key: str) -> int:
        """The number of a case that was placed."""
        if key not in self.ids:
            with self.base.store.read() as reader:
                found = case_with_debt(reader, self.cases[key].debts[0].ref)
            if found is None:
                raise LookupError(f"the case {key} of the demonstration was not placed")
            self.ids[key] = found
        return self.ids[key]


def _typed(debt: Debt) -> placing.DebtEntry:
    return placing.DebtEntry(
        debt.ref, _NATURE_KEYS[debt.nature], debt.amount, debt.issued, debt.due, debt.label, debt.paid
    )
