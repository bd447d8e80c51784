"""What the desk of the demonstration does beside the calls: later letters, complaints, scanned post. Plays no other act."""

from __future__ import annotations

import datetime as dt

from core.documents.invented_letter import invented_letter
from core.services import cases, complaints, dispatch, inbox, letters
from core.services.context import Ctx
from core.services.demo_course import Act
from core.services.demo_stage import Stage


class Desk(Stage):
    """A stage whose letters leave and whose post comes in."""

    def _issue(self, ctx: Ctx, case_id: int, act: Act) -> None:
        """A letter of another kind, printed; `tracking`: taken to the post the same day under that registered number."""
        issued = letters.issue_letter(ctx, case_id, act.told["kind"], self.token())
        if number := act.told.get("tracking"):
            dispatch.draw_slip(ctx, [issued.reference], self.token())
            dispatch.set_tracking(ctx, {issued.reference: number})
            letters.mark_posted(ctx, [issued.reference], act.on)

    def _complain(self, ctx: Ctx, case_id: int, act: Act) -> None:
        """The debtor complains about the agency; the colleague at work answers for it."""
        head = cases.case_file(ctx, case_id).head
        name = f"{head.first_name} {head.name}".strip()
        entry = complaints.ComplaintEntry(
            "debtor", name, act.told["channel"], act.told["kind"], "agency", ctx.user.id, act.on, act.words["note"],
            case_id=case_id,
        )  # fmt: skip
        complaints.record(ctx, entry, self.token())

    def _acknowledge(self, ctx: Ctx, case_id: int, act: Act) -> None:
        one = complaints.of_case(ctx, case_id)[0]
        complaints.acknowledge(ctx, one.id, one.row_version, act.on)

    def _reply(self, ctx: Ctx, case_id: int, act: Act) -> None:
        """The complaint is answered in writing."""
        one = complaints.of_case(ctx, case_id)[0]
        told = act.told
        complaints.answer(ctx, one.id, one.row_version, act.on, told["outcome"], act.words["note"], act.words["reason"])

    def _scan(self, ctx: Ctx, case_id: int, act: Act) -> None:
        """A letter came by post and was scanned; it names no case: somebody has to sort it."""
        del case_id
        created = dt.datetime.combine(act.on, dt.time(9), dt.UTC)
        words = tuple(act.words["note"].split(" | "))
        inbox.drop_scan(ctx, act.told["name"], invented_letter(act.told["name"], words, created), self.token())
