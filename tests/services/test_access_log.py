"""The log of views: what one line says, who reads it, how long it is kept, and that it stays out of audit and backup."""

import datetime as dt
import sqlite3
import threading
import zipfile
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.law import retention, strict_yaml
from core.services import access_log, cases, house, upkeep
from core.services.context import User
from core.store import access_log as kept
from tests.services.factory import a_case


def at(ctx, moment: str):
    return replace(ctx, now=dt.datetime.fromisoformat(moment))


def audit_lines(ctx) -> int:
    with ctx.store.read() as reader:
        return reader.value("SELECT COUNT(*) FROM audit")


def test_a_view_says_who_which_case_and_when_and_the_reruns_of_one_minute_are_one_line(ctx):
    case_id = a_case(ctx)
    for moment in ("2026-11-23T10:05:07Z", "2026-11-23T10:05:59Z", "2026-11-23T10:07:00Z"):
        access_log.record_view(at(ctx, moment), case_id)
    page = access_log.views(ctx)
    assert [(row.at.isoformat(), row.person, row.case_id) for row in page.rows] == [
        ("2026-11-23T10:07:00+00:00", "Léa Martin", case_id), ("2026-11-23T10:05:00+00:00", "Léa Martin", case_id),
    ]  # fmt: skip
    assert page.rows[0].case_ref == cases.case_file(ctx, case_id).head.ref
    assert (page.total, page.pages) == (2, 1)


def test_the_list_can_be_asked_for_one_case_by_its_reference(ctx):
    one, other = a_case(ctx), a_case(ctx)
    access_log.record_view(ctx, one)
    access_log.record_view(ctx, other)
    ref = cases.case_file(ctx, one).head.ref
    assert [row.case_id for row in access_log.views(ctx, ref.lower()).rows] == [one]
    with pytest.raises(Refusal) as refused:
        access_log.views(ctx, "XX-9999")
    assert [(p.code, p.field) for p in refused.value.problems] == [("case-unknown", "case")]


def test_pages_hold_fifty_lines_newest_first(ctx):
    case_id = a_case(ctx)
    for minute in range(51):
        access_log.record_view(at(ctx, f"2026-11-23T10:{minute:02}:00Z"), case_id)
    first, second = access_log.views(ctx), access_log.views(ctx, page=2)
    assert (len(first.rows), len(second.rows), first.total, first.pages) == (50, 1, 51, 2)
    assert (first.rows[0].at.minute, second.rows[0].at.minute) == (50, 0)


def test_a_view_writes_nothing_in_the_store_and_nothing_in_the_audit(ctx):
    case_id = a_case(ctx)
    with ctx.store.read() as reader:
        version = reader.value("SELECT data_version FROM meta")
    before = audit_lines(ctx)
    access_log.record_view(ctx, case_id)
    kept.flush()
    with ctx.store.read() as reader:
        assert reader.value("SELECT data_version FROM meta") == version
    assert audit_lines(ctx) == before
    assert upkeep.verify(ctx).whole


def test_a_view_is_written_by_itself_soon_after(ctx):
    case_id = a_case(ctx)
    access_log.record_view(ctx, case_id)
    path = kept.beside(ctx.store)
    for timer in [t for t in threading.enumerate() if getattr(t, "function", None) is kept.flush]:
        timer.join(10)
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT user_id, case_id FROM views").fetchall() == [(ctx.user.id, case_id)]
    conn.close()


def test_views_older_than_twelve_months_go_with_the_roll_of_the_day(ctx, monkeypatch):
    case_id = a_case(ctx)
    for moment in ("2025-11-23T23:59:00Z", "2025-11-24T00:01:00Z", "2026-11-23T09:00:00Z"):
        access_log.record_view(at(ctx, moment), case_id)
    kept.flush()
    monkeypatch.setenv("QUITTANCE_TODAY", "2026-11-24")
    house.prepare()
    assert [row.at.date().isoformat() for row in access_log.views(ctx).rows] == ["2026-11-23", "2025-11-24"]


def test_an_agency_may_keep_it_for_less_within_the_bounds_of_the_recommendation(ctx):
    case_id = a_case(ctx)
    for moment in ("2026-05-22T09:00:00Z", "2026-05-23T09:00:00Z"):
        access_log.record_view(at(ctx, moment), case_id)
    kept.flush()
    assert (access_log.retention(ctx).months, access_log.retention(ctx).row_version) == (12, 0)
    access_log.set_retention(ctx, 6, 0)
    assert [row.at.date().isoformat() for row in access_log.views(ctx).rows] == ["2026-05-23"]
    assert access_log.retention(ctx).months == 6
    for months in (5, 13):
        with pytest.raises(Refusal) as refused:
            access_log.set_retention(ctx, months, 1)
        assert [(p.code, p.field) for p in refused.value.problems] == [("retention-out-of-bounds", "months")]


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("lead", True), ("administrator", True), ("collector", False), ("trainee", False), ("auditor", False)],
)
def test_lead_and_administrator_read_the_list_and_nobody_else(ctx, role, allowed):
    someone = replace(ctx, user=User(7, "Quelqu'un", role))
    if allowed:
        assert access_log.views(someone).total == 0
    else:
        with pytest.raises(Refusal):
            access_log.views(someone)


def test_the_demonstration_and_the_agency_do_not_see_each_other_s_views(ctx):
    case_id = a_case(ctx)
    access_log.record_view(replace(ctx, space="demo"), case_id)
    access_log.record_view(ctx, case_id)
    assert access_log.views(ctx).total == 1


def test_the_log_is_left_out_of_backups(ctx, tmp_path):
    access_log.record_view(ctx, a_case(ctx))
    kept.flush()
    upkeep.back_up(ctx, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert sorted(archive.namelist()) == ["manifest.json", "store.db"]
    assert kept.beside(ctx.store).exists()


def test_a_log_that_cannot_be_written_stops_nobody_and_is_told(ctx, caplog):
    case_id = a_case(ctx)
    kept.beside(ctx.store).write_bytes(b"not a database" * 100)
    access_log.record_view(ctx, case_id)
    kept.flush()
    (told,) = [record for record in caplog.records if record.msg == "access-log-not-written"]
    assert told.facts == {"where": "access_log", "type": "DatabaseError", "lost": 1}


def test_the_shipped_retention_is_twelve_months_of_the_cnil_s_six_to_twelve():
    rule = retention.access_log()
    assert (rule.least, rule.months, rule.most, rule.trust) == (6, 12, 12, "V2")
    assert "2021-122" in rule.source


def test_a_retention_outside_of_its_own_bounds_is_refused_with_its_line():
    text = 'source: "x"\ntrust: V\nmonths: 24\nleast: 6\nmost: 12\n'
    with pytest.raises(Refusal) as refused:
        retention.read(strict_yaml.read_text(text, "access_log.yaml"))
    assert [(p.code, p.line) for p in refused.value.problems] == [("retention-out-of-bounds", 3)]
