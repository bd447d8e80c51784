"""Plays the acts of the demonstration, each through the service a person would have used. Writes no row itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from core.domain.messages import Refusal
from core.domain.outcomes import Facts
from core.services import (
    cases,
    closures,
    credit_notes,
    disputes,
    holds,
    journal,
    letters,
    payments,
    people,
    placing,
    plans,
    proceedings,
    team,
)
from core.services.context import Ctx
from core.services.demo_course import CONTACTS, Act
from core.services.demo_days import number, one_of
from core.services.demo_desk import Desk
from core.services.demo_people import NOT_FOUND, traced

COSTS = 15000  # cents: the provision for costs that a creditor agrees to in the demonstration
ENDS = ("SOL", "PAR", "TRA")  # results that close a case and say what was paid
_POINTS = {"call": "phone", "sms": "phone", "email": "email", "letter": "address", "visit": "address"}


class Player(Desk):
    """A stage that plays."""

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
            if act.result == NOT_FOUND:
                traced(ctx, case_id)
            channel = act.do if act.do in CONTACTS else "none"
            direction = "none" if channel == "none" else "in" if act.inward else "out"
            paid = cases.case_file(ctx, case_id).head.collected if act.result in ENDS else act.amount
            facts = Facts(
                act.on, paid or None, act.date, act.means, act.told.get("hour", ""),
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
                made_because=self.script.sent["outside"],  # said where the agency's own policy would have had it wait
            )
            journal.log_contact(ctx, entry, self.token())
            self._end(act, case_id)

    def _end(self, act: Act, case_id: int) -> None:
        """The lead accepts the end of a case that a colleague asked, and takes note of what is left open."""
        lead = self.at(act.on, act.minute)
        for row in closures.requests_of(lead, case_id)[:1]:
            if row.state == "asked":
                noted = [one.code for one in closures.review(lead, case_id, row.reason, row.words or "").obstacles]
                closures.decide(lead, row.id, row.row_version, granted=True, acknowledged=noted)

    def _first_letter(self, ctx: Ctx, case_id: int, act: Act) -> None:
        """Issue the first letter; those of the first years were written elsewhere and are only recorded, when posted."""
        if lang := self.cases[act.case].debtor.lang:
            people.set_debtor_language(ctx, case_id, lang)
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
        if act.whole:
            entry = replace(entry, amount=max(payments.propose_payment(ctx, entry).balance_before, act.amount))
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

    def _credit(self, ctx: Ctx, case_id: int, act: Act) -> None:
        """A credit note for each debt still owed; the first one ends the dispute."""
        ends: int | None = disputes.disputes_of(ctx, case_id)[0].id
        for debt in (d for d in cases.case_file(ctx, case_id).debts if d.outstanding):
            credit_notes.record_credit_note(
                ctx, debt.id, f"AV-{debt.ref}", act.on, debt.outstanding, act.words.get("note", ""), self.token(), ends
            )
            ends = None

    def _assign(self, ctx: Ctx, case_id: int, act: Act) -> None:
        team.assign_case(ctx, case_id, self.team[act.to].id)

    def _more(self, ctx: Ctx, case_id: int, act: Act) -> None:
        case = self.cases[act.case]
        debtor = cases.case_file(ctx, case_id).head.debtor_id
        if act.debt:
            placing.place_case(ctx, self.entry(case, (act.debt,)), self.token(), debtor)
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
        """The call in which the plan is agreed, then the plan; beyond the mandate the creditor has consented that day."""
        if act.terms is None:
            return
        facts = Facts(act.on, date=act.terms.first, words=(("plan", act.words.get("note", "")),))
        entry = journal.ContactEntry(
            case_id, "call", "out", "ECH", facts, _hour(act), made_because=self.script.sent["outside"]
        )
        journal.log_contact(ctx, entry, self.token())
        terms = replace(act.terms, running=plans.AT_END) if plans.owed(ctx, case_id).interest else act.terms
        plan = plans.save_proposal(ctx, case_id, terms, self.token())
        beyond = plans.cautions(ctx, case_id, plans.plans_of(ctx, case_id)[0].months)
        plans.agree_plan(ctx, plan, act.on, plans.plans_of(ctx, case_id)[0].row.row_version, act.on if beyond else None)

    def _break(self, ctx: Ctx, case_id: int, act: Act) -> None:
        row = plans.plans_of(ctx, case_id)[0].row
        plans.break_plan(ctx, row.id, act.words["reason"], row.row_version)

    def _court(self, ctx: Ctx, case_id: int, act: Act) -> None:
        """The creditor's instruction, or what happened before the court, with the deed that proves it."""
        stage, case = act.told["stage"], self.cases[act.case]
        if stage == "instruction":
            entry = proceedings.Instruction(
                case_id, "payment_order", act.told["place"], case.house.entry["contact_name"], act.on, act.amount, COSTS,
                self.script.sent["provider"], note=act.words.get("note", ""),
            )  # fmt: skip
            proceedings.open_proceeding(ctx, entry, self.token(), "bailiff")
            return
        file = proceedings.case_proceedings(ctx, case_id)[0]
        wanted = file.state.procedure.steps[stage].documents
        evidence = act.words.get("note") or self.script.sent["evidence"]
        event = proceedings.EventEntry(stage, act.on, act.told["actor"], act.facts, tuple(wanted), evidence)
        proceedings.record_event(ctx, file.head.id, event, self.token())


def _hour(act: Act) -> str:
    return f"{act.minute // 60:02d}:{act.minute % 60:02d}"
