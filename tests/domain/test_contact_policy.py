"""The contact policy: hours as people type them, bounds, and a mandate that may only be stricter."""

from dataclasses import replace

import pytest

from core.domain.contact_policy import check, hours, looser, policy_of, spelled, stricter
from core.domain.messages import Refusal
from core.law.contact_policy import FILE, contact_policy, policy_data_of

DEFAULT, BOUNDS = contact_policy().default, contact_policy().bounds


def refused(function, *args, **more):
    with pytest.raises(Refusal) as found:
        function(*args, **more)
    return [(problem.code, problem.field) for problem in found.value.problems]


def test_the_shipped_policy_is_the_one_of_the_checklist():
    # procedures.md 22.3: Mon to Fri 9:00 to 19:30, Sat 9:00 to 12:00, never Sunday or holiday; 3 attempts and 1 conversation a day, 4 in 30 days
    assert (spelled(DEFAULT.weekdays), spelled(DEFAULT.saturday), DEFAULT.sunday) == ("09:00-19:30", "09:00-12:00", ())
    assert (DEFAULT.attempts_per_day, DEFAULT.answered_per_day, DEFAULT.answered_per_month, DEFAULT.holidays) == (
        3,
        1,
        4,
        False,
    )


@pytest.mark.parametrize(("text", "found"), [
    ("", ()), ("9h-12h", ((540, 720),)), ("09:00-12:00, 14:00-18h30", ((540, 720), (840, 1110))), ("0:00-24:00", ((0, 1440),)),
])  # fmt: skip
def test_hours_are_read_as_people_type_them(text, found):
    assert hours(text, field="saturday") == found


@pytest.mark.parametrize("text", ["9", "12:00-9:00", "09:00-12:00, 11:00-13:00", "9:00-9:00", "23:00-24:30", "matin"])
def test_hours_that_cannot_be_are_refused_on_their_field(text):
    assert refused(hours, text, field="saturday") == [("hours-unreadable", "saturday")]


def test_a_mandate_narrows_and_never_widens():
    said = {"weekdays": "08:00-12:00, 14:00-18:00", "attempts_per_day": 2, "contacts_per_week": 20}
    found = stricter(DEFAULT, said)
    assert (spelled(found.weekdays), found.attempts_per_day, found.contacts_per_week) == (
        "09:00-12:00, 14:00-18:00",
        2,
        7,
    )
    assert [(one.code, one.field) for one in looser(DEFAULT, said)] == [
        ("policy-looser", "weekdays"),
        ("policy-looser", "contacts_per_week"),
    ]
    assert looser(DEFAULT, {"weekdays": "10:00-12:00", "attempts_per_day": 3}) == ()
    assert (
        stricter(replace(DEFAULT, attempts_per_day=1), said).attempts_per_day == 1
    )  # the agency became stricter since


def test_what_settings_keep_reads_back_the_same():
    assert policy_of(DEFAULT.kept(), replace(DEFAULT, weekdays=(), attempts_per_day=9)) == DEFAULT


@pytest.mark.parametrize(("changed", "field"), [
    ({"weekdays": ((359, 600),)}, "weekdays"), ({"saturday": ((540, 1261),)}, "saturday"), ({"attempts_per_day": 11}, "attempts_per_day"),
    ({"contacts_per_week": -1}, "contacts_per_week"), ({"records_calls": True}, "recording_purpose"),
])  # fmt: skip
def test_beyond_the_bounds_is_refused_on_its_field(changed, field):
    assert [one for _, one in refused(check, replace(DEFAULT, **changed), BOUNDS)] == [field]


def test_the_bounds_themselves_are_allowed():
    check(
        replace(
            DEFAULT, weekdays=((360, 1260),), attempts_per_day=10, records_calls=True, recording_purpose="formation"
        ),
        BOUNDS,
    )


def test_each_rule_has_its_anchor_and_only_the_first_three_are_the_agencys_own():
    anchors = contact_policy().anchors
    assert {rule for rule, anchor in anchors.items() if anchor.own} == {"CON-01", "CON-02", "CON-03"}
    assert (anchors["LET-14"].article, anchors["LET-15"].article) == ("CPCE, art. R. 124-4", "CPCE, art. R. 124-3")


@pytest.mark.parametrize(("old", "new", "code"), [
    ("attempts_per_day: 3", "attempts_per_day: 30", "policy-bounds"), ("own: true", "own: yes", "yaml-shape"),
    ("kept_channel: letter", "kept_channel: fax", "yaml-unknown-word"), ('hours: "06:00-21:00"', 'hours: ""', "yaml-empty-text"),
    ("  CON-05:", "  CON-55:", "yaml-unknown-key"),
])  # fmt: skip
def test_a_broken_file_is_refused_with_its_line(old, new, code):
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(Refusal) as found:
        policy_data_of(text.replace(old, new, 1), "policy.yaml")
    assert (found.value.problems[0].code, found.value.problems[0].where) == (code, "policy.yaml")


@pytest.mark.parametrize(("days", "wrong"), [(0, True), (1, False), (180, False), (181, True)])
def test_a_recording_is_kept_six_months_at_most(days, wrong):
    # CNIL practice (procedures.md 22.3, CON-09): up to six months, to be confirmed
    records = replace(DEFAULT, records_calls=True, recording_purpose="formation", recording_days=days)
    if wrong:
        assert refused(check, records, BOUNDS) == [("out-of-bounds", "recording_days")]
        assert check(replace(records, records_calls=False), BOUNDS) is None
    else:
        assert check(records, BOUNDS) is None
