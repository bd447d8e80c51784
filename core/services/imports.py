"""Files brought in: read, tried out, then entered in one transaction. Checks no cell itself and merges no debtor by itself."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.domain.bulk import collector_at_rest
from core.domain.messages import Message, Problem, msg, refuse
from core.domain.rights import Right
from core.domain.spreadsheets import guarded
from core.domain.takeover_fields import BY_KEY
from core.i18n import Texts
from core.services import assignment_entry, import_debts, import_reading, import_takeover, import_takeover_write
from core.services.context import Ctx, service
from core.services.import_reading import Content
from core.services.import_values import Imported, Likely, Options, Reading, SheetView, Trial
from core.services.refusals import no_creditor
from core.store import batches, bulk_lookup, creditors
from core.store.unit import Reader, Unit

__all__ = [
    "Imported", "Likely", "Options", "Progress", "Reading", "SheetView", "Trial", "commit", "creditor_of", "fields",
    "problems_csv", "read_upload", "record_kinds", "try_out",
]  # fmt: skip

Progress = Callable[[float], None]
Plan = import_debts.Plan | import_takeover.Plan
SERVICE = "imports.commit"


@dataclass(frozen=True, slots=True)
class _Work:
    """What a trial hands to `commit`: the lines judged by themselves, and the plan made with the store as it was."""

    judged: import_debts.Judged | import_takeover.Judged
    plan: Plan
    signature: str


@service(Right.PLACE)
def read_upload(ctx: Ctx, creditor_id: int, name: str, data: bytes, options: Options) -> Reading:
    """What a file holds, with the guessed or saved mapping of each sheet; raises Refusal for a hostile file."""
    return import_reading.read(ctx, creditor_id, name, data, options)


@service(Right.PLACE)
def creditor_of(ctx: Ctx, ref: str) -> int:
    """The number of the creditor with a reference; raises Refusal "creditor-unknown"."""
    with ctx.store.read() as reader:
        found = creditors.creditor_by_ref(reader, ref.strip())
    if found is None:
        reason = msg("No creditor has the code “{given}”.", given=ref)
        raise refuse(
            "creditor-unknown",
            reason,
            msg("Create this creditor first, or correct the code."),
            field="creditor",
            value=ref,
        )
    return found.id


@service(Right.PLACE)
def fields(ctx: Ctx, record: str) -> tuple[tuple[str, Message, bool], ...]:  # noqa: ARG001 - the right is checked on it
    """Name, label and whether it is required, of each field of a kind of record ("debts", "payments"…)."""
    return tuple((f.name, f.label, f.required) for f in BY_KEY[record].fields)


@service(Right.PLACE)
def record_kinds(ctx: Ctx) -> tuple[tuple[str, Message], ...]:  # noqa: ARG001 - the right is checked on it
    """Key and label of each kind of record a sheet may hold."""
    return tuple((kind.key, kind.label) for kind in BY_KEY.values())


@service(Right.PLACE)
def try_out(
    ctx: Ctx,
    creditor_id: int,
    reading: Reading,
    sheet: str,
    mapping: Mapping[int, str],
    options: Options,
    progress: Progress | None = None,
    *,
    record: str = "",
) -> Trial:
    """Every line of a sheet judged and compared with the store; writes nothing.

    `progress` hears 0.0 to 1.0. `record` overrides the kind that was recognised. A required field that nothing gives
    raises Refusal (one Problem a field, its `field` named).
    """
    content = import_reading.content_of(reading, sheet)
    kind = record or content.record or "debts"
    known = {name for name, _, _ in fields(ctx, kind)}
    columns = {at: name for at, name in mapping.items() if name in known and at < len(content.sheet.header)}
    told = progress or _silent
    told(0.0)
    with collector_at_rest():
        judged: import_debts.Judged | import_takeover.Judged
        if kind == "debts":
            own, refs = _creditors(ctx, creditor_id)
            judged = import_debts.judge(
                ctx, own, refs, reading, content, columns, options, lambda part: told(part * 0.8)
            )
        else:
            judged = import_takeover.judge(ctx, content, kind, columns, options)
        told(0.8)
        with ctx.store.read() as reader:
            work = _Work(judged, _plan(reader, judged, creditor_id, {}), content.signature)
        told(1.0)
        return _trial(content, kind, work, columns, options)


@service(Right.PLACE)
def commit(
    ctx: Ctx,
    creditor_id: int,
    reading: Reading,
    trial: Trial,
    token: str,
    same: Mapping[int, int] | None = None,
    progress: Progress | None = None,
) -> Imported:
    """The good lines of a trial enter in one transaction; twice with one token enters once.

    `same`: line -> party already here, for the likely debtors that the person recognised. The mapping is kept for this
    creditor's files with the same headings.
    """
    told = progress or _silent
    work: _Work = trial.work
    told(0.0)
    with ctx.write() as unit:
        before = unit.done_before(token, SERVICE)
        if before:
            return dataclasses.replace(Imported(*before[:-1]), given=tuple((name, count) for name, count in before[-1]))
        plan = work.plan
        if same or plan.version != bulk_lookup.data_version(unit):
            plan = _plan(unit, work.judged, creditor_id, same or {})
            _refuse_new_faults(work.plan, plan)
        told(0.1)
        done = _enter(ctx, unit, creditor_id, reading, trial, plan)
        told(0.8)
        if work.signature and trial.mapping:
            batches.keep_mapping(unit, creditor_id, work.signature, trial.record, trial.mapping)
        unit.remember(token, SERVICE, dataclasses.astuple(done))
    told(1.0)
    return done


def _enter(ctx: Ctx, unit: Unit, creditor_id: int, reading: Reading, trial: Trial, plan: Plan) -> Imported:
    """The batch, its lines and its one audit line."""
    lines = plan.new.lines if isinstance(plan, import_debts.Plan) else plan.items
    amount = plan.amount
    batch = batches.add_batch(
        unit,
        batches.NewBatch(
            creditor_id,
            reading.sha256,
            reading.name,
            reading.format,
            len(lines),
            plan.unchanged,
            trial.rejected,
            amount,
            {"record": trial.record, "sheet": trial.sheet, **dataclasses.asdict(trial.options)},
        ),
    )
    debts = cases = parties = updated = 0
    given: tuple[tuple[str, int], ...] = ()
    if isinstance(plan, import_debts.Plan):
        entered = import_debts.enter(ctx, unit, plan, batch)
        debts, cases, parties, updated = entered.debts, entered.cases, entered.parties, plan.updated
        given = assignment_entry.hand_out(unit, batch, cases)
    else:
        import_takeover_write.enter(ctx, unit, plan, creditor_id, batch)
    unit.audit(
        "import.entered",
        "import_batch",
        batch,
        creditor=creditor_id,
        record=trial.record,
        file=reading.sha256,
        added=len(lines),
        updated=updated,
        unchanged=plan.unchanged,
        rejected=trial.rejected,
        amount=amount,
        given=sum(count for _, count in given),
    )
    return Imported(batch, debts, cases, parties, amount, len(lines), updated, plan.unchanged, trial.rejected, given)


def _creditors(ctx: Ctx, creditor_id: int) -> tuple[str, dict[str, int]]:
    """The reference of the chosen creditor, and every creditor's."""
    with ctx.store.read() as reader:
        refs = bulk_lookup.creditors_by_ref(reader)
        found = creditors.creditor(reader, creditor_id)
    if found is None:
        raise no_creditor(creditor_id)
    return found.ref, refs


def _plan(
    reader: Reader, judged: import_debts.Judged | import_takeover.Judged, creditor_id: int, same: Mapping[int, int]
) -> Plan:
    if isinstance(judged, import_takeover.Judged):
        return import_takeover.plan(reader, judged, creditor_id)
    refs = bulk_lookup.creditors_by_ref(reader)
    own = next((ref for ref, number in refs.items() if number == creditor_id), "")
    return import_debts.plan(reader, judged, own, refs, same)


def _trial(content: Content, kind: str, work: _Work, columns: Mapping[int, str], options: Options) -> Trial:
    judged, plan = work.judged, work.plan
    problems = _in_order([*judged.problems, *plan.problems])
    rejected = len({problem.line for problem in problems})
    debts = plan if isinstance(plan, import_debts.Plan) else None
    remarks = [*(judged.remarks if isinstance(judged, import_debts.Judged) else ()), *plan.remarks]
    return Trial(
        content.sheet.name,
        kind,
        judged.total,
        judged.total - rejected,
        rejected,
        plan.amount,
        debts.new_cases if debts else 0,
        debts.new_parties if debts else 0,
        plan.unchanged,
        problems,
        _in_order(remarks),
        tuple(debts.likely) if debts else (),
        debts.updated if debts else 0,
        work,
        dict(columns),
        options,
    )


def _in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """In the order of the file, those of the whole file first."""
    return tuple(sorted(problems, key=lambda problem: problem.line))


def _refuse_new_faults(tried: Plan, now: Plan) -> None:
    """A line that was good in the trial and no longer is: someone else wrote meanwhile, and the person must see it."""
    if {p.line for p in now.problems} - {p.line for p in tried.problems}:
        raise refuse(
            "changed-meanwhile",
            msg("Someone else has changed the cases of this file since it was tried."),
            msg("Try the file again and look at what is refused now; nothing was written."),
            field="file",
        )


def _silent(_part: float) -> None:
    """Nobody watches the progress."""


def problems_csv(trial: Trial, t: Texts) -> bytes:
    """The faults as a CSV that opens in Excel: line, field, value, reason, remedy (UTF-8 with its mark, semicolons, formulas disarmed)."""
    labels: dict[str, Any] = {f.name: f.label for f in BY_KEY[trial.record].fields}
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([t("line"), t("field"), t("value"), t("reason"), t("remedy")])
    for problem in trial.problems:
        name = t.render(labels[problem.field]) if problem.field in labels else problem.field
        cells = (name, problem.value, t.render(problem.reason), t.render(problem.remedy))
        writer.writerow([problem.line or "", *map(guarded, cells)])
    return out.getvalue().encode("utf-8-sig")
