"""Plays the demonstration: each act through the service a person would have used, under its author, on its day. Writes no row itself."""

from __future__ import annotations

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

from core.domain.messages import Refusal
from core.domain.outcomes import Facts
from core.domain.placement_fields import NATURES
from core.services import (
    agency,
    cases,
    creditors,
    disputes,
    holds,
    imports,
    journal,
    letters,
    payments,
    people,
    placing,
    team,
)
from core.services.context import Ctx, User
from core.services.demo_cast import Case, Debt
from core.services.demo_course import CONTACTS, Act
from core.services.demo_data import House, Script
from core.services.demo_days import number, one_of
from core.services.demo_files import file_name, file_of
from core.store.cases import case_with_debt

_NATURE_KEYS = {word: c.key for c in NATURES for word in (c.key, c.word)}
_POINTS = {"call": "phone", "sms": "phone", "email": "email", "letter": "address", "visit": "address"}


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
        terms: dict[str, object] = {
            "amounts": "Principal selon les pièces du créancier ; intérêts au taux légal",
            "guarantee": "Assurance de responsabilité civile professionnelle, police jointe",
            "remittance_terms": "Par virement, avec un relevé par dossier",
            **told,
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
        placing.place_case(ctx, self._entry(case, case.debts), self.token())

    def _entry(self, case: Case, debts: tuple[Debt, ...]) -> placing.CaseEntry:
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

    def play(self, act: Act) -> None:
        """One act, then the next action it names when its service sets none."""
        ctx, case_id = self.at(act.on, act.minute, act.who), self.case_id(act.case)
        try:
            getattr(self, f"_{act.do}" if act.do not in (*CONTACTS, "event") else "_contact")(ctx, case_id, act)
        except Refusal as refusal:
            refusal.add_note(f"{self.cases[act.case].course.name} of {act.case}, {act.do} {act.result} on {act.on}")
            raise
        if act.next_kind and act.do not in (*CONTACTS, "event", "next"):
            journal.set_next_action(ctx, case_id, act.next_kind, act.next_on or act.on)

    def _contact(self, ctx: Ctx, case_id: int, act: Act) -> None:
        if "first" in act.told:
            self._first_letter(ctx, case_id, act)
        elif not act.result:
            self._sent(ctx, case_id, act)
        else:
            channel = act.do if act.do in CONTACTS else "none"
            direction = "none" if channel == "none" else "in" if act.inward else "out"
            facts = Facts(
                act.on, act.amount or None, act.date, act.means, act.told.get("hour", ""),
                tuple(act.words.items()), act.next_kind, act.next_on,
            )  # fmt: skip
            entry = journal.ContactEntry(
                case_id,
                channel,
                direction,
                act.result,
                facts,
                _hour(act),
                contact_point_id=self._reached(ctx, case_id, act),
            )
            journal.log_contact(ctx, entry, self.token())

    def _first_letter(self, ctx: Ctx, case_id: int, act: Act) -> None:
        """Issue the first letter; those of the first years were written elsewhere and are only recorded, when posted."""
        if self.base.today - act.on <= dt.timedelta(days=self.script.letters_since):
            self.letters[act.case] = letters.issue_first_letter(ctx, case_id, "letter", self.token()).reference

    def _post(self, ctx: Ctx, case_id: int, act: Act) -> None:
        """The first letter is taken to the post; the first call is planned when the next step says so."""
        if act.case in self.letters:
            letters.mark_posted(ctx, [self.letters[act.case]], act.on)
        else:
            head = cases.case_file(ctx, case_id).head
            people.record_first_letter(ctx, case_id, head.row_version, f"LR-{act.on:%y%m}-{case_id:03d}", act.on)
        if act.next_on:
            journal.set_next_action(ctx, case_id, "first_call", act.next_on)

    def _sent(self, ctx: Ctx, case_id: int, act: Act) -> None:
        """A message without a result, noted down."""
        lead = self.script.sent[f"{act.do}_in" if act.inward else act.do]
        journal.add_note(ctx, case_id, f"{lead} {act.words.get('note', '')}", self.token())
        if act.next_on:
            journal.set_next_action(ctx, case_id, act.next_kind or "call_again", act.next_on)

    def _reached(self, ctx: Ctx, case_id: int, act: Act) -> int | None:
        """The debtor's contact point of the channel, one not known to be wrong."""
        kind = _POINTS.get(act.do)
        if kind is None:
            return None
        file = cases.case_file(ctx, case_id)
        own = [p for p in file.contact_points if p.party_id == file.head.debtor_id and p.kind == kind]
        return next((p.id for p in own if p.validity != "invalid"), None)

    def _pay(self, ctx: Ctx, case_id: int, act: Act) -> None:
        reference = (
            act.told.get("reference") or f"{self.cases[act.case].debts[0].ref} {self.cases[act.case].debtor.name}"
        )
        entry = payments.PaymentEntry(case_id, act.on, act.amount, act.means, act.to, reference)
        payments.record_payment(ctx, entry, self.token())

    _due = _pay

    def _reverse(self, ctx: Ctx, case_id: int, act: Act) -> None:
        paid = next(p for p in cases.case_file(ctx, case_id).payments if p.amount > 0 and not p.reversed_by)
        payments.reverse_payment(ctx, paid.id, act.on, act.words["reason"], self.token())

    def _note(self, ctx: Ctx, case_id: int, act: Act) -> None:
        journal.add_note(ctx, case_id, act.words["note"], self.token())

    def _next(self, ctx: Ctx, case_id: int, act: Act) -> None:
        journal.set_next_action(ctx, case_id, act.next_kind, act.next_on or act.on, act.words.get("note", ""))

    def _lift(self, ctx: Ctx, case_id: int, act: Act) -> None:
        for hold in cases.case_file(ctx, case_id).holds:
            holds.lift_hold(ctx, hold.id, hold.row_version, act.words["reason"])

    def _hold(self, ctx: Ctx, case_id: int, act: Act) -> None:
        entry = holds.HoldEntry(case_id, None, act.told["kind"], act.words["reason"], act.date)
        holds.open_hold(ctx, entry, self.token())

    def _ask(self, ctx: Ctx, case_id: int, act: Act) -> None:
        disputes.send_to_creditor(ctx, disputes.disputes_of(ctx, case_id)[0].id, act.on)

    def _answer(self, ctx: Ctx, case_id: int, act: Act) -> None:
        dispute = disputes.disputes_of(ctx, case_id)[0].id
        disputes.record_answer(ctx, dispute, act.on, act.told["outcome"], act.words["note"])

    def _settle(self, ctx: Ctx, case_id: int, act: Act) -> None:
        disputes.close_dispute(ctx, disputes.disputes_of(ctx, case_id)[0].id, words=act.words.get("note", ""))

    def _assign(self, ctx: Ctx, case_id: int, act: Act) -> None:
        team.assign_case(ctx, case_id, self.team[act.to].id)

    def _more(self, ctx: Ctx, case_id: int, act: Act) -> None:
        case = self.cases[act.case]
        debtor = cases.case_file(ctx, case_id).head.debtor_id
        if act.debt:
            placing.place_case(ctx, self._entry(case, (act.debt,)), self.token(), debtor)
        self._note(ctx, case_id, act)

    def _person(self, ctx: Ctx, case_id: int, act: Act) -> None:
        people.add_person(ctx, case_id, act.told["role"], act.words.get("name", "Exemple"), act.told.get("first", ""))

    def _point(self, ctx: Ctx, case_id: int, act: Act) -> None:
        """A new address or telephone, learnt on the way."""
        rank = number(act.case, 90)
        street = one_of(act.case, self.script.people.streets)
        one = self.cases[act.case].debtor
        entry = people.ContactPointEntry("phone", f"06 39 98 91 {rank:02d}")
        if act.told["kind"] == "address":
            entry = people.ContactPointEntry("address", f"{rank + 3} {street}", one.postcode, one.city)
        people.add_contact_point(ctx, case_id, cases.case_file(ctx, case_id).head.debtor_id, entry)
        if "note" in act.words:
            self._note(ctx, case_id, act)

    def _plan(self, ctx: Ctx, case_id: int, act: Act) -> None:
        first = act.instalments[0][0]
        facts = Facts(act.on, date=first, words=(("plan", act.words.get("note", "")),))
        entry = journal.ContactEntry(case_id, "call", "out", "ECH", facts, _hour(act))
        journal.log_contact(ctx, entry, self.token())

    def _court(self, ctx: Ctx, case_id: int, act: Act) -> None:
        """A step before the court, noted down."""
        journal.add_note(ctx, case_id, self.script.sent[act.told["stage"]], self.token())
        journal.set_next_action(ctx, case_id, "open_litigation", act.next_on or act.on + dt.timedelta(days=28))


def _typed(debt: Debt) -> placing.DebtEntry:
    return placing.DebtEntry(
        debt.ref, _NATURE_KEYS[debt.nature], debt.amount, debt.issued, debt.due, debt.label, debt.paid
    )


def _hour(act: Act) -> str:
    return f"{act.minute // 60:02d}:{act.minute % 60:02d}"
