"""Lines of a takeover: what happened to running cases, with all the faults of each line."""

import datetime as dt

import pytest

from core.domain.messages import Refusal
from core.domain.takeover import check_records
from core.domain.takeover_fields import BY_KEY

TODAY = dt.date(2026, 6, 30)
GOOD = {
    "payments": {
        "paid_on": "15/06/2026",
        "amount": "150,00",
        "means": "virement",
        "received_by": "",
        "reference": "V1",
    },
    "contacts": {"contacted_on": "10/06/2026", "channel": "appel", "result": "PRO", "note": "x"},
    "promises": {"due_on": "15/07/2026", "amount": "300,00"},
    "plans": {"plan_ref": "E1", "number": "1", "due_on": "05/06/2026", "amount": "200,00", "paid": ""},
    "titles": {"kind": "jugement", "decided_on": "14/01/2026", "amount": "10,00", "served_on": ""},
    "disputes": {"opposed_on": "18/06/2026", "reason": "non livré", "amount": ""},
    "client_money": {"held_on": "30/06/2026", "amount": "0,00"},
}


def judged(kind, *changes, **options):
    rows = [{"case_ref": "D1", **GOOD[kind], **change} for change in (changes or ({},))]
    names = list(dict.fromkeys(name for row in rows for name in row))
    return check_records(kind, [[r.get(n, "") for n in names] for r in rows], dict(enumerate(names)), TODAY, **options)


@pytest.mark.parametrize("kind", list(GOOD))
def test_a_good_line_of_each_kind_enters(kind):
    found = judged(kind)
    assert found.problems == []
    assert found.records[0].values["case_ref"] == "D1"


def test_amounts_are_cents_days_are_days_and_words_are_keys():
    (record,) = judged("payments").records
    assert {k: record.values[k] for k in ("paid_on", "amount", "means", "received_by")} == {
        "paid_on": dt.date(2026, 6, 15), "amount": 15000, "means": "transfer", "received_by": "agency",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "change", "codes"),
    [
        ("payments", {"paid_on": "01/07/2026"}, ["date-implausible"]),
        ("payments", {"paid_on": "30/06/2026"}, []),
        ("payments", {"amount": "0,00"}, ["amount-not-positive"]),
        ("payments", {"amount": "", "paid_on": "x"}, ["date-impossible", "amount-missing"]),
        ("payments", {"means": "troc"}, ["means-unknown"]),
        ("payments", {"case_ref": ""}, ["owner-missing"]),
        ("payments", {"case_ref": "", "debt_ref": "F1"}, []),
        ("promises", {"due_on": "30/06/2062"}, ["date-implausible"]),
        ("plans", {"number": "0"}, ["number-unreadable"]),
        ("plans", {"paid": "200,01"}, ["paid-over-amount"]),
        ("plans", {"paid": "200,00"}, []),
        ("titles", {"served_on": "13/01/2026"}, ["served-before-title"]),
        ("titles", {"served_on": "14/01/2026"}, []),
        ("disputes", {"reason": "=1+1"}, ["formula"]),
        ("client_money", {"amount": "-1,00"}, ["amount-not-positive"]),
        ("contacts", {"note": "x" * 2001}, ["text-too-long"]),
        ("contacts", {"format_version": "2"}, ["format_version-unknown"]),
    ],
)
def test_a_line_is_kept_out_for_its_faults_and_only_for_them(kind, change, codes):
    found = judged(kind, {}, change)
    assert [p.code for p in found.problems] == codes
    assert {p.line for p in found.problems} == ({3} if codes else set())
    assert [r.line for r in found.records] == ([2] if codes else [2, 3])


def test_a_sheet_without_a_required_column_is_refused_whole():
    with pytest.raises(Refusal) as refused:
        check_records("payments", [["x"]], {0: "reference"}, TODAY)
    assert {p.field for p in refused.value.problems} == {"paid_on", "amount", "case_ref"}


def test_the_same_line_has_the_same_key_and_twins_are_counted():
    found = judged("payments", {}, {}, {"reference": "V2"})
    assert [r.occurrence for r in found.records] == [1, 2, 1]
    assert found.records[0].key == found.records[1].key != found.records[2].key
    assert judged("payments").records[0].key == found.records[0].key


def test_cents_and_another_order_of_dates_are_read_when_the_person_says_so():
    (record,) = judged(
        "payments", {"paid_on": "06/15/2026", "amount": "15000"}, date_order="mdy", amount_unit="cents"
    ).records
    assert (record.values["paid_on"], record.values["amount"]) == (dt.date(2026, 6, 15), 15000)


def test_a_telling_field_is_a_field_of_its_kind():
    for kind in BY_KEY.values():
        assert set(kind.telling) <= {f.name for f in kind.fields}
