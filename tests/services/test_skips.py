"""A case set aside with a reason, taken back, brought back; views; a case without next action put right."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import cases, house, journal, queue_views, skips, upkeep
from core.services.context import User
from core.services.skips import SkipEntry
from tests.services.factory import a_call, a_case
from tests.services.test_overview import a_deadline

DAY = dt.date(2026, 11, 26)


def refused(act) -> str:
    with pytest.raises(Refusal) as found:
        act()
    return found.value.problems[0].code


def as_collector(ctx):
    return replace(ctx, user=User(ctx.user.id, ctx.user.name, "collector"))


def test_a_case_set_aside_leaves_what_is_to_do_and_is_back_on_its_day(ctx, monkeypatch):
    case_id, other = a_case(ctx), a_case(ctx)
    skips.skip(ctx, SkipEntry(case_id, "waiting_bank", DAY), "s")
    page = cases.queue(ctx)
    assert ([row.case_id for row in page.rows], page.counters.todo, page.counters.skipped) == ([other], 1, 1)
    assert [row.skipped_until for row in cases.queue(ctx, "skipped").rows] == ["2026-11-26"]
    for day, found in (("2026-11-25", 1), ("2026-11-26", 2)):
        monkeypatch.setenv("QUITTANCE_TODAY", day)
        house.roll(ctx.store)
        page = cases.queue(replace(ctx, today=dt.date.fromisoformat(day)))
        assert (len(page.rows), page.counters.todo) == (found, found), day
    assert upkeep.verify(ctx).whole


def test_a_reply_brings_a_case_back_at_once_and_a_person_may(ctx, monkeypatch):
    replied, taken = a_case(ctx), a_case(ctx)
    for case_id in (replied, taken):
        skips.skip(ctx, SkipEntry(case_id, "absent", DAY), f"s{case_id}")
    assert cases.queue(ctx).rows == ()
    later = replace(ctx, now=ctx.now + dt.timedelta(hours=1))
    journal.set_next_action(later, replied, "answer_reply", ctx.today)
    assert [row.case_id for row in cases.queue(ctx).rows] == [replied]
    assert skips.take_back(ctx, taken)
    assert not skips.take_back(ctx, taken)
    assert len(cases.queue(ctx).rows) == 2


def test_a_lead_reads_who_set_what_aside_why_and_until_when_and_nobody_else_does(ctx):
    case_id = a_case(ctx)
    skips.skip(replace(as_collector(ctx), lang="en"), SkipEntry(case_id, "other", DAY, "Attend son fils"), "s")
    found = skips.log(ctx)
    assert [(one.case_id, one.reason, one.note, one.until_on, one.author) for one in found] == [
        (case_id, "other", "Set aside until 26/11/2026: Another reason. Attend son fils", "2026-11-26", "Léa Martin")
    ]
    assert [entry.text for entry in cases.case_file(ctx, case_id).timeline] == [found[0].note]
    assert refused(lambda: skips.log(as_collector(ctx))) == "forbidden"


@pytest.mark.parametrize(
    ("reason", "until", "note", "code"),
    [
        ("other", DAY, "", "skip-note"),
        ("nothing", DAY, "", "choice-unknown"),
        ("absent", dt.date(2026, 11, 23), "", "skip-day"),
        ("absent", dt.date(2026, 12, 24), "", "skip-day"),  # 31 days on; 30 at most
    ],
)
def test_a_skip_without_its_reason_or_with_a_wrong_day_is_refused(ctx, reason, until, note, code):
    case_id = a_case(ctx)
    assert refused(lambda: skips.skip(ctx, SkipEntry(case_id, reason, until, note), "s")) == code
    skips.skip(ctx, SkipEntry(case_id, "absent", dt.date(2026, 12, 23)), "s2")


def test_a_time_limit_or_a_promise_is_not_slept_through_and_an_error_is_not_set_aside(ctx):
    limited, promised, lost = a_case(ctx), a_case(ctx), a_case(ctx)
    a_deadline(ctx, limited, "2026-11-25")
    a_call(ctx, promised, "PRO", amount=1000, date=dt.date(2026, 11, 25), means="transfer")
    for case_id in (limited, promised):
        assert refused(lambda case_id=case_id: skips.skip(ctx, SkipEntry(case_id, "absent", DAY), "s")) == "skip-limit"
        skips.skip(ctx, SkipEntry(case_id, "absent", dt.date(2026, 11, 25)), f"s{case_id}")
    lose(ctx, lost)
    assert refused(lambda: skips.skip(ctx, SkipEntry(lost, "absent", DAY), "s")) == "skip-lost"


def lose(ctx, case_id: int) -> None:
    with ctx.write() as unit:
        unit.run("UPDATE tasks SET state = 'skipped' WHERE case_id = ?", (case_id,))
        unit.touch(case_id)


def test_one_click_gives_every_lost_case_what_comes_next(ctx):
    written, unwritten = a_case(ctx), a_case(ctx, first_letter_on=None)
    lose(ctx, written)
    lose(ctx, unwritten)
    assert cases.queue(ctx).counters.lost == 2
    assert skips.put_right(ctx, "t") == skips.put_right(ctx, "t") == 2
    rows = {row.case_id: (row.next_kind, row.next_on) for row in cases.queue(ctx).rows}
    assert rows == {written: ("call_again", "2026-11-23"), unwritten: ("first_letter", "2026-11-23")}
    assert cases.queue(ctx).counters.lost == 0


def test_a_view_keeps_filters_and_not_where_one_stood(ctx):
    asked = cases.Asked("all", age="over_180", least=5000, after=12)
    queue_views.save(ctx, "  Vieux   dossiers ", asked)
    (found,) = queue_views.views(ctx)
    assert (found.name, queue_views.asked_of(found)) == ("Vieux dossiers", replace(asked, after=None))
    assert refused(lambda: queue_views.save(ctx, "vieux dossiers", asked)) == "view-taken"
    assert refused(lambda: queue_views.save(ctx, " ", asked)) == "view-name"
    queue_views.remove(ctx, found.id, found.row_version)
    assert queue_views.views(ctx) == ()


def test_a_lead_shares_a_view_that_others_use_and_only_a_lead_removes(ctx):
    other = replace(ctx, user=User(0, "Karim", "collector"))
    assert refused(lambda: queue_views.save(other, "Partagée", cases.Asked(), shared=True)) == "view-shared"
    queue_views.save(ctx, "Partagée", cases.Asked("alerts"), shared=True)
    queue_views.save(ctx, "À moi", cases.Asked("alerts"))
    (seen,) = queue_views.views(other)
    assert seen.name == "Partagée"
    assert refused(lambda: queue_views.remove(other, seen.id, seen.row_version)) == "view-shared"
