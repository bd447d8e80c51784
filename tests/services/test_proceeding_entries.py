"""What may be typed: stops of the case and their articles, amounts, the special power, days, earlier rules, appeals, cautions."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.law.procedures import load_procedures
from core.services import holds, proceedings, upkeep
from core.services.proceedings import Filters
from tests.services.factory import a_call, a_case
from tests.services.test_proceeding_corrections import D, early, enforce, filed, order, serve, state
from tests.services.test_proceedings import FILED, an_event, codes, opened, record


def stop(ctx, case_id, kind):
    holds.open_hold(ctx, holds.HoldEntry(case_id, None, kind, "reason", None), f"hold-{kind}")


def refused_codes(call):
    with pytest.raises(Refusal) as refused:
        call()
    return codes(refused), " ".join(str(problem.reason) for problem in refused.value.problems)


def act(kind, on):
    return an_event(kind, on, "bailiff", ("enforcement_deed",))


# kind of stop -> article shown, whether it closes the opening
STOPS = {
    "insolvency": ("L. 622-21", True),
    "over_indebtedness": ("L. 722-2", False),
    "deceased": ("877", False),
    "guardianship": ("467, 475", False),
    "limitation": ("2219", False),
    "represented": ("1984", False),
    "creditor_request": ("R. 124-3", True),
}


@pytest.mark.parametrize(("kind", "article", "closes"), [(kind, *rest) for kind, rest in STOPS.items()])
def test_each_stop_is_told_at_the_opening_with_its_article_and_some_close_it(ctx, kind, article, closes):
    case_id = a_case(ctx)
    stop(ctx, case_id, kind)
    found = proceedings.propose(ctx, case_id, "payment_order")
    assert any(article in remark.article for remark in found.cautions)
    assert bool(found.stops) == closes
    if closes:
        assert refused_codes(lambda: opened(ctx, case_id))[0] == {("case-stopped", "case")}
    else:
        pid = opened(ctx, case_id)
        assert any(article in remark.article for remark in proceedings.proceeding_file(ctx, pid).cautions)


def not_in_person(ctx, case_id):
    """Order of 1 September, served on 15 September not in person: two months' wait ends on Monday 16 November (15 is a Sunday)."""
    pid = early(ctx, case_id=case_id)
    record(ctx, pid, filed(D(2026, 8, 3)), order(D(2026, 9, 1)), serve(D(2026, 9, 15), in_person="no"))
    return pid


def test_an_insolvency_recorded_after_the_opening_bars_the_title_from_its_day_on(ctx):
    case_id = a_case(ctx)
    pid = not_in_person(ctx, case_id)
    stop(ctx, case_id, "insolvency")
    found, said = refused_codes(lambda: record(ctx, pid, enforce(ctx.today)))
    assert ("case-stopped", "kind") in found
    assert "L. 622-21" in said
    record(ctx, pid, enforce(ctx.today - dt.timedelta(days=1)))  # it happened the day before the stop
    assert state(ctx, pid).title


@pytest.mark.parametrize(("kind", "article"), [("insolvency", "L. 622-21"), ("over_indebtedness", "L. 722-2")])
def test_a_stop_bars_the_enforcement_measures(ctx, kind, article):
    case_id = a_case(ctx)
    pid = not_in_person(ctx, case_id)
    record(ctx, pid, enforce(D(2026, 11, 17)))
    stop(ctx, case_id, kind)
    for step in ("first_personal_act", "first_freezing_measure"):
        found, said = refused_codes(lambda step=step: record(ctx, pid, act(step, ctx.today)))
        assert found == {("case-stopped", "kind")}
        assert article in said
    record(ctx, pid, act("first_freezing_measure", ctx.today - dt.timedelta(days=1)))


def test_over_indebtedness_leaves_the_title_and_a_death_leaves_all_with_a_caution(ctx):
    case_id = a_case(ctx)
    pid = not_in_person(ctx, case_id)
    stop(ctx, case_id, "over_indebtedness")
    stop(ctx, case_id, "deceased")
    record(ctx, pid, enforce(ctx.today))
    file = proceedings.proceeding_file(ctx, pid)
    assert file.state.title
    assert [remark.article.split(", art.")[0] for remark in file.cautions] == ["C. consom.", "C. civ."]


@pytest.mark.parametrize(("granted", "amount", "wrong"), [
    ("whole", 145000, False), ("whole", 144999, True), ("whole", 145001, True),
    ("partial", 1, False), ("partial", 144999, False), ("partial", 0, True), ("partial", 145000, True),
    ("refused", 0, False), ("refused", 1, True),
])  # fmt: skip
def test_the_amount_ordered_agrees_with_the_decision(ctx, granted, amount, wrong):
    pid = opened(ctx)
    record(ctx, pid, FILED)
    entry = order(D(2026, 9, 7), granted=granted, order_amount=amount)
    if wrong:
        assert refused_codes(lambda: record(ctx, pid, entry))[0] == {("amount-wrong", "order_amount")}
    else:
        record(ctx, pid, entry)


def test_the_instruction_has_a_positive_amount_no_negative_provision_and_a_year_of_this_age(ctx):
    call = lambda **wrong: refused_codes(lambda: opened(ctx, **wrong))[0]  # noqa: E731 - one short name for three calls
    assert call(amount=-1) == {("amount-wrong", "amount")}
    assert call(amount=0) == {("instruction-missing", "amount")}
    assert call(provision=-1) == {("amount-wrong", "provision")}
    assert call(given_on=D(1999, 12, 31)) == {("date-too-old", "given_on")}
    assert opened(ctx, given_on=D(2000, 1, 1))


def test_the_special_power_is_not_later_than_the_filing_by_the_agency(ctx):
    pid = opened(ctx, special_power_on=D(2026, 8, 4))
    assert refused_codes(lambda: record(ctx, pid, FILED))[0] == {("power-later", "happened_on")}
    record(ctx, pid, filed(D(2026, 8, 4)))
    other = opened(ctx, special_power_on=D(2026, 8, 4))
    record(ctx, other, replace(FILED, by="lawyer"))


def test_an_order_under_the_rules_before_march_2022_is_refused_with_a_sentence(ctx):
    pid = opened(ctx, given_on=D(2021, 1, 5), special_power_on=D(2021, 1, 5))
    record(ctx, pid, filed(D(2021, 1, 6)))
    found, said = refused_codes(lambda: record(ctx, pid, order(D(2022, 2, 28))))
    assert found == {("regime-unknown", "happened_on")}
    assert "2022-03-01" in said
    record(ctx, pid, order(D(2022, 3, 1)))
    assert state(ctx, pid).procedure.version == "before-2026-09-01"


def opposed(ctx, court="jcp", **more):
    pid = early(ctx, court=court, **more)
    record(
        ctx, pid, filed(D(2026, 1, 6)), order(D(2026, 1, 20), order_amount=more.get("amount", 145000)), serve(D(2026, 1, 26)),
        an_event("opposition", D(2026, 2, 5), "debtor", ("clerk_letter",)),
        an_event("opposition_notified", D(2026, 2, 10), "clerk", ("clerk_letter",), written_procedure="no"),
        an_event("hand_over", D(2026, 2, 11), "agency", ("handover",)),
    )  # fmt: skip
    return pid


def summoned(hearing):
    return an_event("summons", D(2026, 2, 20), "clerk", ("summons",), hearing_on=hearing)


def test_a_hearing_is_not_dated_before_its_summons(ctx):
    pid = opposed(ctx)
    found, _ = refused_codes(lambda: record(ctx, pid, summoned("2026-02-19")))
    assert found == {("date-before-step", "hearing_on")}
    record(ctx, pid, summoned("2026-02-20"))


def judged(ctx, decision, amount, appealable):
    """A hearing on 20 March, a judgment on 15 October 2026."""
    pid = opposed(ctx)
    record(
        ctx, pid, summoned("2026-03-20"),
        an_event("attend_hearing", D(2026, 3, 20), "creditor", evidence="", present="yes"),
        an_event("judgment", D(2026, 10, 15), "judge", ("judgment",), judged=decision, judged_amount=amount, appealable=appealable),
    )  # fmt: skip
    return pid


def test_a_dismissal_notified_gives_the_creditor_one_month_to_appeal(ctx):
    pid = judged(ctx, "dismissed", 0, "yes")
    assert state(ctx, pid).outcome == ""
    record(ctx, pid, an_event("dismissal_notified", D(2026, 10, 26), "bailiff", ("judgment",)))
    due = state(ctx, pid).due("creditor_appeal")  # 26 November 2026, a Thursday
    assert (due.counted.legal, due.state, due.limit.direction, due.limit.article) == (
        D(2026, 11, 26), "open", "before", "CPC, art. 528, 538",
    )  # fmt: skip
    assert [row.key for row in proceedings.tracker(ctx, Filters()).rows] == ["creditor_appeal"]
    final = an_event("dismissal_final", D(2026, 11, 26), "agency", evidence="")
    last, after = replace(ctx, today=D(2026, 11, 26)), replace(ctx, today=D(2026, 11, 27))
    assert refused_codes(lambda: record(last, pid, final))[0] == {("step-not-possible", "kind")}
    assert record(after, pid, replace(final, happened_on=D(2026, 11, 27))).outcome == "dismissed"


def test_an_appeal_in_time_answers_the_limit_and_a_dismissal_without_appeal_ends_at_once(ctx):
    pid = judged(ctx, "dismissed", 0, "yes")
    record(ctx, pid, an_event("dismissal_notified", D(2026, 10, 26), "bailiff", ("judgment",)))
    done = record(ctx, pid, an_event("appeal_lodged", D(2026, 11, 20), "lawyer", ("appeal_deed",)))
    assert (done.outcome, state(ctx, pid).due("creditor_appeal").state) == ("appealed", "met")
    assert state(ctx, judged(ctx, "dismissed", 0, "no")).outcome == "dismissed"


def test_the_appeal_period_of_the_debtor_runs_on_after_the_title(ctx):
    pid = judged(ctx, "for_creditor", 145000, "yes")
    done = record(ctx, pid, an_event("judgment_notified", D(2026, 10, 26), "bailiff", ("enforcement_deed",)))
    due = state(ctx, pid).due("appeal_period")
    assert (done.outcome, due.counted.legal, due.state, due.met_on) == ("title", D(2026, 11, 26), "open", None)
    later = replace(ctx, today=D(2026, 11, 27))
    assert state(later, pid).due("appeal_period").state == "passed"


@pytest.mark.parametrize(("court", "amount", "told"), [
    ("tj", 1000000, False), ("tj", 1000001, True), ("commerce", 1000001, True), ("jcp", 1000001, False),
])  # fmt: skip
def test_above_ten_thousand_euros_a_mandatory_lawyer_is_told(ctx, court, amount, told):
    pid = opened(ctx, court=court, amount=amount)
    found = [remark for remark in proceedings.proceeding_file(ctx, pid).cautions if "853" in remark.article]
    assert [remark.certainty for remark in found] == (["S"] if told else [])


def test_a_service_that_leaves_debtors_to_serve_tells_that_facts_are_kept_together(ctx):
    pid = opened(ctx)
    record(ctx, pid, FILED, order(D(2026, 9, 7)))
    assert proceedings.proceeding_file(ctx, pid).cautions == ()
    record(ctx, pid, serve(D(2026, 9, 21), all_served="no"), serve(D(2026, 9, 22)))
    (told,) = proceedings.proceeding_file(ctx, pid).cautions
    assert (told.certainty, told.article) == ("U", "CPC, art. 1411")


@pytest.mark.parametrize(("postcode", "city", "last"), [
    ("67000", "Strasbourg", D(2026, 4, 7)), ("57000", "Metz", D(2026, 4, 7)), ("68100", "Mulhouse", D(2026, 4, 7)),
    ("54000", "Nancy", D(2026, 4, 3)), ("", "", D(2026, 4, 3)),
])  # fmt: skip
def test_good_friday_moves_a_limit_in_alsace_moselle_only(ctx, postcode, city, last):
    """Served on 3 March 2026: the month ends on 3 April, Good Friday; then a Saturday, Easter Sunday and Easter Monday."""
    pid = early(ctx, case_id=a_case(ctx, address="1 rue Haute", postcode=postcode, city=city))
    record(ctx, pid, filed(D(2026, 1, 6)), order(D(2026, 2, 2)), serve(D(2026, 3, 3)))
    due = state(ctx, pid).due("opposition_period")
    assert due.counted.legal == last
    assert upkeep.verify(ctx).whole


def test_the_longer_period_of_a_distant_debtor_is_to_be_confirmed(ctx):
    pid = opened(ctx)
    record(ctx, pid, FILED, order(D(2026, 9, 7)), serve(D(2026, 9, 21), debtor_place="overseas"))
    due = state(ctx, pid).due("opposition_period")  # two months: Saturday 21 November, Monday 23
    assert (due.counted.legal, due.counted.certainty) == (D(2026, 11, 23), "S")
    assert "mainland France" in state(ctx, pid).procedure.facts["debtor_place"].choices["overseas"].en
    assert "siège en métropole" in state(ctx, pid).procedure.facts["debtor_place"].choices["abroad"].fr


def test_article_1405_says_who_signed_drew_or_endorsed_and_is_to_be_confirmed():
    for one in load_procedures()["payment_order"]:
        (said,) = [remark for remark in one.conditions if remark.article == "CPC, art. 1405"]
        assert said.certainty == "S"
        for words in ("acceptation ou du tirage", "souscription d'un billet", "endossement ou de l'aval", "Dailly"):
            assert words in said.text.fr


def test_an_opening_judgment_typed_later_bars_from_its_own_day(ctx):
    case_id = a_case(ctx)
    pid = not_in_person(ctx, case_id)
    a_call(ctx, case_id, "LJ", channel="none", date=D(2026, 11, 20), court="Lyon")  # told on 23 November
    for day in (D(2026, 11, 20), D(2026, 11, 22)):
        assert ("case-stopped", "kind") in refused_codes(lambda day=day: record(ctx, pid, enforce(day)))[0]
    record(ctx, pid, enforce(D(2026, 11, 19)))
