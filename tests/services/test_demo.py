"""The demonstration agency: made once, whole, on any day, with something in every tab, and apart from the real agency."""

import csv
import json
import time

import pytest

from core.domain.phones import phone
from core.services import access, agency, cases, creditors, demo, house, imports, upkeep
from core.services.context import Ctx
from core.store import connection
from core.store.home import home as home_of


def discovered(sid: str) -> Ctx:
    stranger = access.resolve(sid)
    assert stranger
    assert demo.make_if_absent(stranger) is True
    found = access.resolve(sid, space="demo")
    assert found
    return found


def test_one_click_makes_it_and_a_second_finds_it_made(sid):
    ctx = discovered(sid)
    assert (ctx.space, ctx.user.role) == ("demo", "lead")
    stranger = access.resolve(sid)
    assert stranger
    assert demo.make_if_absent(stranger) is False


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-22", "2027-01-01", "2028-02-29", "2026-07-14"])
def test_on_any_day_every_tab_has_something_and_the_store_is_whole(home, monkeypatch, day):
    monkeypatch.setenv("QUITTANCE_TODAY", day)
    house.prepare()
    ctx = discovered(access.open_local_session())
    tabs = set(cases.TABS) - {"deadlines"}  # the demonstration has no proceeding yet
    totals = {tab: cases.queue(ctx, tab).total for tab in tabs}
    assert all(totals.values()), totals
    assert totals["all"] + totals["closed"] == 27
    assert upkeep.verify(ctx).whole
    with ctx.store.read() as reader:
        assert reader.rows("SELECT DISTINCT as_of FROM case_summaries") == [(day,)]


def test_it_holds_three_creditors_with_mandates_in_force_and_a_complete_agency_file(sid):
    ctx = discovered(sid)
    found = creditors.list_creditors(ctx)
    assert sorted((c.ref, totals.cases) for c, totals in found) == [("BAIL", 9), ("DENT", 8), ("GAR", 10)]
    assert all(creditors.creditor_file(ctx, c.id).in_force for c, _ in found)
    assert agency.agency_file(ctx).missing == ()


def test_it_shows_a_reversed_payment_a_dispute_a_promise_of_the_day_and_notes(sid):
    ctx = discovered(sid)
    with ctx.store.read() as reader:
        assert reader.value("SELECT COUNT(*) FROM payments WHERE reverses IS NOT NULL") == 1
        assert reader.value("SELECT COUNT(*) FROM disputes") == 2
        assert reader.value("SELECT COUNT(*) FROM interactions WHERE channel = 'note' AND result_code = ''") == 2
        assert reader.value("SELECT COUNT(*) FROM import_batches WHERE rejected = 0") == 3
    assert cases.queue(ctx).counters.promised_today == 1


def test_it_is_the_same_each_time_and_takes_less_than_five_seconds(sid):
    started = time.perf_counter()
    first = cases.queue(discovered(sid), "all").rows
    assert time.perf_counter() - started < 5
    store = home_of().store("demo")
    connection.close_pool(store.path)
    store.path.unlink()
    again = cases.queue(discovered(sid), "all").rows
    shown = [
        [(row.debtor, row.balance, row.next_kind, row.next_on, row.priority) for row in rows] for rows in (first, again)
    ]
    assert shown[0] == shown[1]


def test_an_interrupted_demonstration_is_made_again(sid, monkeypatch):
    stranger = access.resolve(sid)
    assert stranger
    monkeypatch.setattr(imports, "commit", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        demo.make_if_absent(stranger)
    monkeypatch.undo()
    monkeypatch.setenv("QUITTANCE_HOME", str(stranger.store.path.parent))
    monkeypatch.setenv("QUITTANCE_TODAY", "2026-11-23")
    assert cases.queue(discovered(sid), "all").total == 26


def test_the_real_agency_stays_empty(sid):
    discovered(sid)
    with home_of().store("agency").read() as reader:
        assert reader.value("SELECT COUNT(*) FROM cases") == 0
        assert reader.value("SELECT COUNT(*) FROM users") == 0


def test_a_person_who_gave_a_name_keeps_it_and_a_visitor_gets_one(ctx, sid):
    assert demo.make_if_absent(ctx) is True
    found = access.resolve(sid, space="demo")
    assert found
    assert found.user.name == "Léa Martin"


def test_nothing_in_the_demonstration_can_be_someone_real():
    story = json.loads((demo.FOLDER / "story.json").read_text(encoding="utf-8"))
    numbers = [story["agency"]["phone"], *(c["phone"] for c in story["creditors"])]
    mails = [story["agency"]["email"], *(c["email"] for c in story["creditors"])]
    for one in story["creditors"]:
        with (demo.FOLDER / one["file"]).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter=";"):
                numbers += [row[name] for name in ("telephone", "telephone_2") if row.get(name)]
                mails += [row["courriel"]] if row["courriel"] else []
                assert not row.get("siren")
    fiction = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649", "+3363998")  # ARCEP, numbering plan 2.5.12
    assert len(numbers) > 25
    assert all(found.e164.startswith(fiction) for found in map(phone, numbers) if found)
    assert all(mail.endswith("@exemple.fr") for mail in mails)
