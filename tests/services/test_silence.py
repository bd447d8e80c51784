"""The silence report: each line counted by hand, nothing said of what was done, put away for the day by whoever read it."""

import datetime as dt
from dataclasses import replace

from core.i18n import texts
from core.services import calls, disputes, holds, house, silence, skips
from core.services.disputes import DisputeEntry
from core.services.skips import SkipEntry
from tests.services.factory import a_call, a_case


def on(monkeypatch, ctx, day: str):
    monkeypatch.setenv("QUITTANCE_TODAY", day)
    house.roll(ctx.store)
    return replace(ctx, today=dt.date.fromisoformat(day))


def said(ctx) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for line in silence.report(ctx).lines:
        found.setdefault(line.code, []).append(line.count)
    return found


def test_a_day_where_all_is_done_says_nothing(ctx):
    assert silence.report(ctx).lines == ()
    a_case(ctx)  # its call is of today
    assert silence.report(ctx).lines == ()


def test_what_was_due_yesterday_is_said_of_whose_it_is_with_the_oldest(ctx, monkeypatch):
    first = a_case(ctx)
    a_case(ctx)
    after = on(monkeypatch, ctx, "2026-11-25")
    (line,) = silence.report(after).lines
    assert (line.code, line.count, line.case_id, line.tab, line.state) == ("late", 2, first, "all", "late")
    assert texts("en").render(line.sentence) == "Léa Martin: 2 actions late, the oldest since 23/11/2026."


def test_what_was_set_aside_or_stopped_is_said_with_its_reason_and_is_not_late(ctx, monkeypatch):
    aside, stopped, untouched = a_case(ctx), a_case(ctx), a_case(ctx)
    skips.skip(ctx, SkipEntry(aside, "absent", dt.date(2026, 11, 30)), "s")
    a_call(ctx, stopped, "CON", reason="Livraison incomplète")
    after = on(monkeypatch, ctx, "2026-11-25")
    assert said(after) == {"late": [1], "held": [1], "skipped": [1]}
    reasons = {line.code: texts("en").render(line.sentence) for line in silence.report(after).lines}
    assert "dispute" in reasons["held"]
    assert "Debtor away" in reasons["skipped"]
    assert {line.case_id for line in silence.report(after).lines if line.code == "late"} == {untouched}


def test_a_promise_nobody_checked_is_said_after_its_day(ctx, monkeypatch):
    case_id = a_case(ctx)
    a_call(ctx, case_id, "PRO", amount=1000, date=dt.date(2026, 11, 24), means="transfer")  # to be checked on the 26th
    assert "promises" not in said(on(monkeypatch, ctx, "2026-11-26"))
    assert said(on(monkeypatch, ctx, "2026-11-27"))["promises"] == [1]


# Placed on 23 November and untouched: 60 days on is 22 January 2027, said from the day after.
def test_a_case_nobody_touches_is_said_after_sixty_days(ctx, monkeypatch):
    a_case(ctx)
    assert "untouched" not in said(on(monkeypatch, ctx, "2027-01-22"))
    assert said(on(monkeypatch, ctx, "2027-01-23"))["untouched"] == [1]


def test_a_letter_issued_and_a_message_failed_are_said(ctx, monkeypatch):
    case_id = a_case(ctx)
    with ctx.write() as unit:
        unit.add("messages", case_id=case_id, channel="letter", direction="out", state="ready", created_at=unit.now)
        unit.add("messages", case_id=case_id, channel="sms", direction="out", state="failed", created_at=unit.now)
        unit.audit("test.messages", "case", case_id)
    assert said(on(monkeypatch, ctx, "2026-11-26")).get("unposted") is None  # three days are given
    found = said(on(monkeypatch, ctx, "2026-11-27"))
    assert (found["unposted"], found["failed"]) == ([1], [1])


def test_a_report_is_put_away_by_one_person_for_one_day(ctx, monkeypatch):
    assert not silence.dismissed(ctx)
    silence.dismiss(ctx)
    assert silence.dismissed(ctx)
    assert not silence.dismissed(replace(ctx, today=dt.date(2026, 11, 24)))


def test_a_hold_lifted_leaves_no_line(ctx, monkeypatch):
    case_id = a_case(ctx)
    hold = holds.open_hold(ctx, holds.HoldEntry(case_id, None, "creditor_request", "Négocie", None), "h")
    holds.lift_hold(ctx, hold, 1, "Reprise")
    assert "held" not in said(on(monkeypatch, ctx, "2026-11-25"))


def test_calls_begun_and_not_recorded_are_said_with_whose_they_are(ctx, monkeypatch):
    left, explained, logged = a_case(ctx), a_case(ctx), a_case(ctx)
    for case_id in (left, explained, logged):
        calls.begin(ctx, case_id)
    mine = {call.case_id: call.id for call in calls.open_calls(ctx)}
    calls.explain(ctx, mine[explained], "mauvais bouton", "e")
    a_call(ctx, logged, "NRP")
    assert "calls" not in said(ctx)
    after = on(monkeypatch, ctx, "2026-11-24")
    (line,) = (line for line in silence.report(after).lines if line.code == "calls")
    assert (line.count, line.case_id) == (1, left)
    assert texts("en").render(line.sentence).startswith("Léa Martin: 1 calls begun")
    assert "calls" not in said(on(monkeypatch, ctx, "2026-12-02"))


# Opened on Monday 23 November: to be sent within two working days (the 25th). Sent on the 23rd to the sales department: eight working days,
# Thursday 3 December (data/disputes).
def test_disputes_past_their_day_are_said_apart_to_be_sent_and_to_be_answered(ctx, monkeypatch):
    unsent, waiting = a_case(ctx), a_case(ctx)
    disputes.open_dispute(ctx, DisputeEntry(unsent, None, None, "defective", "Le portail ne ferme pas"), "u")
    asked = disputes.open_dispute(
        ctx, DisputeEntry(waiting, None, None, "defective", "Rayures", department="sales"), "w"
    )
    disputes.send_to_creditor(ctx, asked, ctx.today)
    assert "dispute_to_send" not in said(on(monkeypatch, ctx, "2026-11-25"))
    found = said(on(monkeypatch, ctx, "2026-11-26"))
    assert (found["dispute_to_send"], found.get("dispute_waiting")) == ([1], None)
    assert "dispute_waiting" not in said(on(monkeypatch, ctx, "2026-12-03"))
    after = on(monkeypatch, ctx, "2026-12-04")
    lines = {line.code: line for line in silence.report(after).lines}
    assert (lines["dispute_waiting"].case_id, lines["dispute_waiting"].tab) == (waiting, "disputes")
    assert texts("en").render(lines["dispute_waiting"].sentence) == (
        "Disputes that the creditor has not answered in time: 1, the latest since 03/12/2026."
    )
