"""A local start: introduction, sessions, language, spaces, the roll of the day."""

import pytest

from core.domain.messages import Refusal
from core.services import access, cases, house
from core.store import audit, summaries
from tests.services.factory import a_case, a_debt


def test_before_the_introduction_nothing_can_be_read(sid):
    stranger = access.resolve(sid)
    assert stranger.user.id == 0
    with pytest.raises(Refusal) as refused:
        cases.queue(stranger)
    assert refused.value.problems[0].code == "forbidden"


def test_an_unknown_or_ended_session_resolves_to_nobody(sid):
    assert access.resolve("guessed") is None
    assert access.resolve("") is None
    access.open_local_session()
    assert access.resolve(sid) is None  # a new server start ends the one before


def test_the_store_keeps_only_the_digest_of_a_session(sid, ctx):
    with ctx.store.read() as reader:
        assert sid not in repr(reader.rows("SELECT * FROM sessions"))


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_an_empty_or_endless_name_is_refused(sid, name):
    with pytest.raises(Refusal) as refused:
        access.introduce(access.resolve(sid), name)
    assert refused.value.problems[0].field == "name"


def test_the_name_is_asked_once_and_can_be_changed(sid, ctx):
    assert access.resolve(sid).user.name == "Léa Martin"
    access.rename(ctx, "  Léa   Durand ")
    assert access.resolve(sid).user.name == "Léa Durand"


def test_the_chosen_language_wins_over_the_browser_s(sid, ctx):
    assert access.resolve(sid, lang="en").lang == "en"
    access.choose_language(ctx, "fr")
    assert access.resolve(sid, lang="en").lang == "fr"
    with pytest.raises(Refusal):
        access.choose_language(ctx, "xx")


def test_a_space_we_do_not_have_is_refused(ctx):
    with pytest.raises(Refusal):
        access.choose_space(ctx, "../elsewhere")


def test_the_roll_of_the_day_makes_due_what_fell_due_once_a_day(ctx, monkeypatch):
    import datetime as dt

    case_id = a_case(ctx, a_debt(due=dt.date(2026, 11, 23)))
    assert cases.case_file(ctx, case_id).head.overdue == 0
    assert house.roll(ctx.store) is False
    monkeypatch.setenv("QUITTANCE_TODAY", "2026-11-24")
    assert house.roll(ctx.store) is True
    assert cases.case_file(ctx, case_id).head.overdue == 10000
    assert house.roll(ctx.store) is False
    with ctx.store.read() as reader:
        assert summaries.first_difference(reader.conn) is None
        assert audit.first_break(reader.conn) is None
