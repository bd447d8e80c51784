"""What a lead adds to the law: the next rates, a check, a correction, a withdrawal; what is refused, and by whom it may be done."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.law_freshness import State
from core.domain.law_values import UnknownValue
from core.domain.messages import Refusal
from core.law.values import load_law
from core.services import access, house, law, team, upkeep
from core.services.context import User
from core.services.law_entries import Addition, Entry, add_values, correct_values, looked_again, withdraw
from core.store import overlays
from tests.services.factory import a_case

OTHER, INDIVIDUAL, ECB = "legal_interest_other", "legal_interest_individual", "ecb_refinancing"
S1_2027 = Addition(
    dt.date(2027, 1, 1), dt.date(2027, 6, 30), "2,80", "Arrêté du 18 décembre 2026, JO du 27 décembre 2026", "V"
)
DECISION = Addition(dt.date(2026, 11, 4), None, "2,40", "BCE, décision du 29 octobre 2026", "V")


def add(ctx, key, typed, seen=0, token=None, confirmed=False):
    add_values(ctx, (Entry(key, typed, seen),), token or f"{key} {typed} {confirmed}", confirmed)


def refused(function, *args, **kwargs):
    with pytest.raises(Refusal) as found:
        function(*args, **kwargs)
    return {(problem.code, problem.field) for problem in found.value.problems}


def rate(ctx, key, day):
    return law.law(ctx).of(key).at(dt.date.fromisoformat(day)).value


def kept(ctx):
    with ctx.store.read() as reader:
        return overlays.all_of(reader, law.KIND)


# --- the next half-year: one order, both columns ---


def both(individual="6,90", other="2,80", **changes):
    typed = replace(S1_2027, **changes)
    return (Entry(INDIVIDUAL, replace(typed, value=individual), 0), Entry(OTHER, replace(typed, value=other), 0))


def test_one_order_fixes_both_legal_rates_to_the_end_of_the_half_year(ctx):
    add_values(ctx, both(), "once")
    assert (rate(ctx, INDIVIDUAL, "2027-01-01"), rate(ctx, OTHER, "2027-06-30")) == (Decimal("6.90"), Decimal("2.80"))
    assert rate(ctx, OTHER, "2026-12-31") == Decimal("2.75")
    with pytest.raises(UnknownValue):
        rate(ctx, OTHER, "2027-07-01")
    assert law.law(ctx).of(OTHER).known_until == dt.date(2027, 6, 30)


def test_a_double_click_adds_once(ctx):
    add_values(ctx, both(), "twice")
    add_values(ctx, both(), "twice")
    assert [(row.key, row.version) for row in kept(ctx)] == [(INDIVIDUAL, 1), (OTHER, 1)]


def test_both_rates_or_none(ctx):
    assert refused(add_values, ctx, both(other="28,00,1"), "half") == {("law-number", f"{OTHER}.value")}
    assert kept(ctx) == ()


def test_what_two_rates_share_is_told_once(ctx):
    wrong = both(source=" ", start=dt.date(2027, 7, 1), end=dt.date(2027, 12, 31))
    with pytest.raises(Refusal) as found:
        add_values(ctx, wrong, "shared")
    assert [(p.code, p.field) for p in found.value.problems] == [("law-gap", "from"), ("law-no-source", "source")]


def test_the_addition_is_audited_and_the_store_stays_whole(ctx):
    add_values(ctx, both(), "audited")
    with ctx.store.read() as reader:
        actions = reader.rows("SELECT action, actor_id FROM audit WHERE action LIKE 'law.%'")
    assert actions == [("law.value_added", ctx.user.id)] * 2
    assert upkeep.verify(ctx).whole
    assert kept(ctx)[0].source == S1_2027.source


def test_the_fingerprint_of_the_law_changes_with_an_addition_and_comes_back_with_its_withdrawal(ctx):
    before = law.law(ctx).fingerprint
    add(ctx, OTHER, S1_2027)
    assert law.law(ctx).fingerprint != before
    withdraw(ctx, OTHER, 1, 1, "faute de frappe", "back")
    assert law.law(ctx).fingerprint == before


# --- refused on its field ---


@pytest.mark.parametrize(("changes", "problem"), [
    ({"start": None}, ("law-no-date", "from")),
    ({"end": dt.date(2026, 12, 1)}, ("law-order", "to")),
    ({"end": dt.date(2027, 6, 29)}, ("law-period", "to")),
    ({"end": None}, ("law-period", "to")),
    ({"start": dt.date(2026, 12, 31)}, ("law-overlap", "from")),
    ({"start": dt.date(2026, 7, 1)}, ("law-overlap", "from")),
    ({"start": dt.date(2027, 1, 2)}, ("law-gap", "from")),
    ({"value": ""}, ("law-number", "value")),
    ({"value": "-2,80"}, ("law-number", "value")),
    ({"value": "2,805"}, ("law-number", "value")),
    ({"value": "30,01"}, ("law-implausible", "value")),
    ({"value": "11,01"}, ("law-jump", "confirmed")),  # 2.75 x 4 = 11.00
    ({"value": "0,68"}, ("law-jump", "confirmed")),  # 0.68 x 4 = 2.72
    ({"source": ""}, ("law-no-source", "source")),
    ({"trust": "U"}, ("law-no-trust", "trust")),
    ({"link": "legifrance"}, ("law-link", "link")),
])  # fmt: skip
def test_a_wrong_addition_is_refused_on_its_field_and_keeps_nothing(ctx, changes, problem):
    assert refused(add, ctx, OTHER, replace(S1_2027, **changes)) == {problem}
    assert kept(ctx) == ()


@pytest.mark.parametrize("value", ["11,00", "0,69", "2.80", "2,8 %"])
def test_a_plausible_rate_passes(ctx, value):
    add(ctx, OTHER, replace(S1_2027, value=value))
    assert len(kept(ctx)) == 1


def test_a_jump_passes_once_it_is_confirmed(ctx):
    add(ctx, OTHER, replace(S1_2027, value="11,01"), confirmed=True)
    assert rate(ctx, OTHER, "2027-03-01") == Decimal("11.01")


def test_thirty_percent_is_refused_even_confirmed_when_it_is_beyond(ctx):
    assert refused(add, ctx, OTHER, replace(S1_2027, value="275"), confirmed=True) == {("law-implausible", "value")}


def test_a_key_nobody_knows_is_refused(ctx):
    assert refused(add, ctx, "legal_interest", S1_2027) == {("law-key-unknown", "key")}


def test_the_second_of_two_people_is_told(ctx):
    add(ctx, OTHER, S1_2027)
    later = replace(S1_2027, start=dt.date(2027, 7, 1), end=dt.date(2027, 12, 31))
    assert refused(add, ctx, OTHER, later, seen=0) == {("changed-meanwhile", "")}


# --- the central bank ---


def test_a_decision_applies_from_its_day_and_is_known_until_today(ctx):  # today is 23 November 2026
    add(ctx, ECB, DECISION)
    assert rate(ctx, ECB, "2026-11-03") == Decimal("2.65")
    assert rate(ctx, ECB, "2026-11-04") == rate(ctx, ECB, "2026-11-23") == Decimal("2.40")
    with pytest.raises(UnknownValue):
        rate(ctx, ECB, "2026-11-24")


def test_looking_again_moves_the_last_known_day(ctx):
    assert law.law_overview(ctx).of(ECB).state is State.RECHECK  # checked on 10 October, to look at again after a month
    looked_again(ctx, {ECB: 0}, ctx.today, "page des taux directeurs de la BCE", "look")
    assert rate(ctx, ECB, "2026-11-23") == Decimal("2.65")
    assert law.law_overview(ctx).of(ECB).state is State.FRESH


@pytest.mark.parametrize(("on", "source", "problem"), [
    ("2026-11-24", "BCE", ("date-in-future", "on")), ("2026-10-09", "BCE", ("law-checked-later", "on")), ("2026-11-23", " ", ("law-no-source", "source")),
])  # fmt: skip
def test_a_check_that_cannot_be_is_refused(ctx, on, source, problem):
    assert refused(looked_again, ctx, {ECB: 0}, dt.date.fromisoformat(on), source, "t") == {problem}


# --- corrections and withdrawals ---


def test_a_shipped_value_is_confirmed_after_reading_the_order_itself(ctx):
    read = Addition(dt.date(2026, 7, 1), None, "2,75", "Arrêté du 26 juin 2026, JO du 30 juin 2026, lu", "V")
    assert law.law(ctx).of(OTHER).at(dt.date(2026, 8, 1)).trust == "S"
    correct_values(ctx, (Entry(OTHER, read, 0),), "confirm")
    now = law.law(ctx).of(OTHER).at(dt.date(2026, 8, 1))
    assert (now.value, now.trust, now.end) == (Decimal("2.75"), "V", dt.date(2026, 12, 31))


def test_an_own_addition_is_corrected_by_a_new_version(ctx):
    add(ctx, OTHER, replace(S1_2027, value="2,08"))
    correct_values(ctx, (Entry(OTHER, replace(S1_2027, end=None), 1),), "correct")
    assert rate(ctx, OTHER, "2027-02-01") == Decimal("2.80")
    assert [row.version for row in kept(ctx)] == [1, 2]


def test_a_corrected_decision_still_ends_where_the_next_one_starts(ctx):
    typed = Addition(dt.date(2026, 6, 17), None, "2,41", "BCE, table officielle", "V")
    correct_values(ctx, (Entry(ECB, typed, 0),), "correct")
    assert (rate(ctx, ECB, "2026-09-15"), rate(ctx, ECB, "2026-09-16")) == (Decimal("2.41"), Decimal("2.65"))


def test_a_correction_names_a_value_that_is_there(ctx):
    assert refused(correct_values, ctx, (Entry(OTHER, S1_2027, 0),), "t") == {("law-unknown-start", "from")}


def test_an_addition_withdrawn_no_longer_counts_and_stays_on_record(ctx):
    add(ctx, OTHER, S1_2027)
    withdraw(ctx, OTHER, 1, 1, "l'arrêté dit autre chose", "gone")
    with pytest.raises(UnknownValue):
        rate(ctx, OTHER, "2027-01-01")
    first, second = law.law_overview(ctx).of(OTHER).additions
    assert (first.act, first.withdrawn, second.act, second.source) == (
        "value",
        True,
        "withdrawn",
        "l'arrêté dit autre chose",
    )
    assert second.author == "Léa Martin"


def test_what_a_later_addition_stands_on_is_not_withdrawn_before_it(ctx):
    add(ctx, OTHER, S1_2027)
    add(ctx, OTHER, replace(S1_2027, start=dt.date(2027, 7, 1), end=dt.date(2027, 12, 31)), seen=1)
    assert refused(withdraw, ctx, OTHER, 1, 2, "erreur", "t") == {("law-withdraw-gap", "version")}
    withdraw(ctx, OTHER, 2, 2, "erreur", "a")
    withdraw(ctx, OTHER, 1, 3, "erreur", "b")
    assert law.law(ctx).of(OTHER).known_until == dt.date(2026, 12, 31)


@pytest.mark.parametrize(("version", "reason", "problem"), [
    (2, "erreur", ("law-no-addition", "version")), (1, " ", ("law-no-reason", "reason")),
])  # fmt: skip
def test_a_withdrawal_names_an_addition_and_says_why(ctx, version, reason, problem):
    add(ctx, OTHER, S1_2027)
    assert refused(withdraw, ctx, OTHER, version, 1, reason, "t") == {problem}


def test_an_addition_is_withdrawn_once(ctx):
    add(ctx, OTHER, S1_2027)
    withdraw(ctx, OTHER, 1, 1, "erreur", "a")
    assert refused(withdraw, ctx, OTHER, 1, 2, "erreur", "b") == {("law-no-addition", "version")}


# --- tables ---

USURY = Addition(
    dt.date(2027, 1, 1), dt.date(2027, 3, 31), "", "Avis du 28 décembre 2026", "V",
    bands=(("3000", "23,70"), ("6 000", "15,80"), ("", "8,60")),
)  # fmt: skip


def test_the_ceilings_of_the_next_quarter_are_added(ctx):
    add(ctx, "usury_consumer", USURY)
    table = law.law(ctx).table("usury_consumer").at(dt.date(2027, 2, 1))
    assert [(band.up_to, band.value) for band in table.bands] == [
        (300_000, Decimal("23.70")), (600_000, Decimal("15.80")), (None, Decimal("8.60")),
    ]  # fmt: skip


@pytest.mark.parametrize(("bands", "problem"), [
    ((), ("law-bands", "value")), ((("3000", "23,70"),), ("law-bands", "value")), ((("6000", "15"), ("3000", "23"), ("", "8")), ("law-bands", "value")),
    ((("", "15"), ("", "8")), ("law-bands", "value")), ((("3000", "31"), ("", "8")), ("law-implausible", "value")),
    ((("3000", "x"), ("", "8")), ("law-number", "value")),
])  # fmt: skip
def test_a_table_that_does_not_follow_is_refused(ctx, bands, problem):
    assert refused(add, ctx, "usury_consumer", replace(USURY, bands=bands)) == {problem}


def test_the_wage_bands_of_the_next_year_are_added_as_shares(ctx):
    typed = Addition(
        dt.date(2027, 1, 1),
        dt.date(2027, 12, 31),
        "",
        "Décret de décembre 2026",
        "V",
        bands=(("4 600", "1/20"), ("", "1/1")),
    )
    add(ctx, "seizable_wage", typed)
    band = law.law(ctx).table("seizable_wage").at(dt.date(2027, 5, 1)).of(100_000)
    assert (band.up_to, band.value, band.per) == (460_000, 1, 20)


def test_a_tariff_that_leaves_months_unknown_asks_for_a_confirmation(ctx):
    typed = replace(USURY, start=dt.date(2026, 9, 1), end=dt.date(2028, 2, 29))
    assert refused(add, ctx, "bailiff_debtor", typed) == {("law-gap", "confirmed")}
    add(ctx, "bailiff_debtor", typed, confirmed=True)
    with pytest.raises(UnknownValue):
        law.law(ctx).table("bailiff_debtor").at(dt.date(2026, 8, 31))


# --- who may ---


@pytest.mark.parametrize("role", ["collector", "trainee", "auditor"])
def test_the_house_reads_the_law_and_only_those_in_charge_add_to_it(ctx, role):
    other = replace(ctx, user=User(ctx.user.id, "Karim", role))
    assert law.law_overview(other).may_edit is False
    assert refused(add, other, OTHER, S1_2027) == {("forbidden", "")}
    assert kept(ctx) == ()


@pytest.mark.parametrize("role", ["lead", "administrator"])
def test_a_lead_and_an_administrator_add_to_the_law(ctx, role):
    other = replace(ctx, user=User(ctx.user.id, "Karim", role))
    add(other, OTHER, S1_2027)
    assert law.law_overview(other).may_edit is True


def test_a_creditor_does_not_open_the_law(ctx):
    assert refused(law.law_overview, replace(ctx, user=User(5, "Client", "creditor"))) == {("forbidden", "")}


# --- the overview ---


@pytest.mark.parametrize(("today", "state"), [
    ("2026-11-15", State.FRESH), ("2026-11-16", State.ENDING), ("2026-12-31", State.ENDING), ("2027-01-01", State.STOPPED),
])  # fmt: skip
def test_the_end_of_what_is_known_is_told_45_days_before(ctx, today, state):  # 16 November + 45 days = 31 December
    there = replace(ctx, today=dt.date.fromisoformat(today))
    assert law.law_overview(there).of(OTHER).state is state


def test_the_most_urgent_is_told_first_and_the_tariff_that_ended_has_no_value_today(ctx):
    view = law.law_overview(ctx)
    assert view.of("bailiff_debtor").state is State.STOPPED
    assert view.of("bailiff_debtor").now is None
    states = [one.state for one in view.alerts]
    assert states == sorted(states, key=list(State).index, reverse=True)
    assert ECB in {one.key for one in view.alerts}
    assert "recovery_indemnity" not in {one.key for one in view.alerts}


def test_an_addition_that_an_update_of_the_program_overtakes_is_set_aside_and_told(ctx):
    with ctx.write() as unit:
        content = '{"value": {"from": "2026-08-01", "to": "2026-12-31", "value": "2.70", "trust": "V", "source": "x"}}'
        overlays.add(unit, law.KIND, OTHER, content, "x", "2026-08-01", 0)
        unit.audit("law.value_added", "overlay", 1)
    assert rate(ctx, OTHER, "2026-08-01") == Decimal("2.75")
    ((key, version, problem),) = law.law_overview(ctx).aside
    assert (key, version, problem.code) == (OTHER, 1, "law-period")
    add(ctx, OTHER, S1_2027, seen=1)  # what is set aside keeps nobody from going on
    assert rate(ctx, OTHER, "2027-01-01") == Decimal("2.80")


# --- what is written says under which law ---


def test_a_case_carries_the_fingerprint_of_the_law_it_was_written_under(ctx, sid):
    case_id = a_case(ctx)
    add(ctx, OTHER, S1_2027)
    later = access.resolve(sid)
    assert (ctx.law, later.law) == (load_law().fingerprint, law.law(ctx).fingerprint)
    assert ctx.law != later.law
    team.assign_case(later, case_id, None)
    with ctx.store.read() as reader:
        assert reader.value("SELECT law FROM case_summaries WHERE case_id = ?", (case_id,)) == later.law
    assert upkeep.verify(ctx).whole


def test_the_roll_of_the_day_writes_the_fingerprint_too(ctx, monkeypatch):
    case_id = a_case(ctx)
    add(ctx, OTHER, S1_2027)
    monkeypatch.setenv("QUITTANCE_TODAY", "2026-11-25")
    house.roll(ctx.store)
    with ctx.store.read() as reader:
        assert reader.rows("SELECT law, as_of FROM case_summaries WHERE case_id = ?", (case_id,)) == [
            (law.law(ctx).fingerprint, "2026-11-25")
        ]
