"""The demonstration agency: a store of its own kind, made once through the services. Touches no other store.

Its creditors, files and story are data (data/demo); this module only replays them, day by day, as a person would have done.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from core.domain.dates import working_day
from core.domain.messages import Refusal
from core.domain.outcomes import WORDS, Facts
from core.domain.rights import Right
from core.i18n import texts
from core.services import agency, cases, creditors, house, imports, journal, payments
from core.services import people as people_service
from core.services.context import Ctx, User, service
from core.store import migrations, people, placing
from core.store.home import home
from core.store.unit import Store

FOLDER = Path(__file__).resolve().parents[2] / "data" / "demo"
DONE = "demo_made"
Step = dict[str, Any]


@service(Right.DISCOVER)
def make_if_absent(ctx: Ctx) -> bool:
    """Make the demonstration when there is none yet, or only half of one; True when it was made."""
    found = home()
    store = found.store("demo")
    if store.path.exists():
        if _made(store):
            return False
        _remove(store)
    migrations.migrate(store.path, kind="demo", now=ctx.stamp, backups=found.backups)
    _replay(_person(ctx, store))
    house.prepare("demo")
    return True


def _made(store: Store) -> bool:
    with store.read() as reader:
        return bool(people.setting(reader, DONE)[0])


def _remove(store: Store) -> None:
    """A demonstration that was interrupted is made again: it holds nothing of anyone's."""
    store.close()
    for end in ("", "-wal", "-shm"):
        store.path.with_name(store.path.name + end).unlink(missing_ok=True)


def _person(ctx: Ctx, store: Store) -> Ctx:
    """The visitor at work in the demonstration, under their own name if they gave it."""
    t = texts(ctx.lang)
    name = ctx.user.name or t("Visitor")
    with store.write(1, ctx.stamp, ctx.day) as unit:
        user_id = people.add_local_user(unit, name)
        unit.actor_id = user_id
        unit.audit("user.introduced", "user", user_id)
    return dataclasses.replace(ctx, store=store, space="demo", user=User(user_id, name, "lead", ctx.lang))


def _replay(ctx: Ctx) -> None:
    """The whole story, from its first day to today."""
    story: dict[str, Any] = json.loads((FOLDER / "story.json").read_text(encoding="utf-8"))
    written_on = dt.date.fromisoformat(story["written_on"])
    first = max(one["imported"] for one in story["creditors"])
    start = _on(ctx, first)
    agency.save_agency_file(start, _agency(start, story["agency"]), 0)
    owners = {one["ref"]: _creditor(start, one) for one in story["creditors"]}
    imported = [
        {
            "days": one["imported"],
            "do": "import",
            "creditor": owners[one["ref"]],
            "file": one["file"],
            "written_on": written_on,
        }
        for one in story["creditors"]
    ]
    for number, step in enumerate(sorted([*imported, *story["steps"]], key=lambda step: -step["days"])):
        _STEPS[step["do"]](_on(ctx, step["days"]), {**step, "today": ctx.today}, f"demo-{number}")
    with ctx.write() as unit:
        people.set_setting(unit, DONE, value=True)


def _on(ctx: Ctx, days: int) -> Ctx:
    """The same person `days` before today, on the working day that follows if that is a week-end, never after today."""
    day = min(working_day(ctx.today - dt.timedelta(days=days)), ctx.today)
    return dataclasses.replace(ctx, today=day, now=ctx.now - (ctx.today - day))


def _agency(ctx: Ctx, told: Step) -> agency.AgencyFile:
    until = ctx.today + dt.timedelta(days=told.pop("insurance_until_days"))
    declared = ctx.today - dt.timedelta(days=told.pop("prosecutor_declared_days"))
    return agency.AgencyFile(**told, insurance_until=until.isoformat(), prosecutor_declared_on=declared.isoformat())


def _creditor(ctx: Ctx, told: Step) -> int:
    names = {f.name for f in dataclasses.fields(creditors.CreditorEntry)}
    saved = creditors.save_creditor(
        ctx, creditors.CreditorEntry(**{name: value for name, value in told.items() if name in names})
    )
    terms = dict(told["mandate"])
    signed = ctx.today - dt.timedelta(days=terms.pop("signed"))
    creditors.save_mandate(ctx, saved, creditors.MandateEntry(**terms, signed_on=signed))
    return saved


def _import(ctx: Ctx, step: Step, token: str) -> None:
    data = _moved(FOLDER / step["file"], ctx.today - step["written_on"])
    reading = imports.read_upload(ctx, step["creditor"], step["file"], data, imports.Options())
    view = reading.sheets[0]
    trial = imports.try_out(ctx, step["creditor"], reading, view.name, view.mapping, imports.Options())
    if trial.problems:
        raise Refusal(*trial.problems)
    imports.commit(ctx, step["creditor"], reading, trial, token)


def _moved(path: Path, by: dt.timedelta) -> bytes:
    """A file of the demonstration with its dates moved."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8")), delimiter=";"))
    dated = [at for at, heading in enumerate(rows[0]) if heading.startswith("date_")]
    for row in rows[1:]:
        for at in dated:
            if row[at]:
                row[at] = (dt.datetime.strptime(row[at], "%d/%m/%Y").replace(tzinfo=dt.UTC).date() + by).strftime(
                    "%d/%m/%Y"
                )
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _case(ctx: Ctx, step: Step) -> int:
    with ctx.store.read() as reader:
        return next(case for number in (1, 2, 3) if (case := placing.debt_taken(reader, number, step["debt"])))


def _call(ctx: Ctx, step: Step, token: str, channel: str = "call") -> None:
    words = tuple((need, step[need]) for need in WORDS if need in step)
    facts = Facts(
        ctx.today,
        step.get("amount"),
        _day(step, "date") if "date" in step else None,
        step.get("means", ""),
        words=words,
    )
    direction, case_id = "out" if channel == "call" else "none", _case(ctx, step)
    head = cases.case_file(ctx, case_id).head
    if direction == "out" and not head.first_letter_on:  # its letter left the day it was placed
        placed = dt.date.fromisoformat(head.placed_on)
        people_service.record_first_letter(ctx, case_id, head.row_version, f"{head.ref}-L0", placed)
    entry = journal.ContactEntry(case_id, channel, direction, step["result"], facts, note=step.get("note", ""))
    journal.log_contact(ctx, entry, token)


def _day(step: Step, name: str) -> dt.date:
    """A day of a step, counted back from today; one to come is a working day."""
    day: dt.date = step["today"] - dt.timedelta(days=step[name])
    return working_day(day) if step[name] < 0 else day


def _close(ctx: Ctx, step: Step, token: str) -> None:
    _call(ctx, step, token, "none")


def _payment(ctx: Ctx, step: Step, token: str) -> None:
    entry = payments.PaymentEntry(
        _case(ctx, step), ctx.today, step["amount"], step["means"], step["paid_to"], step["reference"]
    )
    payments.record_payment(ctx, entry, token)


def _reverse(ctx: Ctx, step: Step, token: str) -> None:
    paid = cases.case_file(ctx, _case(ctx, step)).payments[0]
    payments.reverse_payment(ctx, paid.id, ctx.today, step["reason"], token)


def _note(ctx: Ctx, step: Step, token: str) -> None:
    journal.add_note(ctx, _case(ctx, step), step["note"], token)


def _next(ctx: Ctx, step: Step, _token: str) -> None:
    journal.set_next_action(ctx, _case(ctx, step), step["kind"], _day(step, "on"), step["note"])


_STEPS: dict[str, Callable[[Ctx, Step, str], None]] = {
    "import": _import, "call": _call, "close": _close, "payment": _payment, "reverse": _reverse, "note": _note, "next": _next,
}  # fmt: skip
