"""Due dates from payment terms: the examples published by others, the wordings of the trade, the ceilings said as remarks."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from core.domain.due_dates import PaymentTerms, due_date, payment_terms
from core.domain.messages import Refusal

FILE = Path(__file__).resolve().parents[1] / "samples" / "worked-examples" / "echeances_conditions_de_paiement.csv"
PUBLISHED = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines(), delimiter=";"))


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda r: f"{r['condition']} {r['date_facture']}")
def test_the_published_examples(row):
    found = due_date(dt.date.fromisoformat(row["date_facture"]), payment_terms(row["condition"]))
    assert found.due.isoformat() == row["echeance"]


def test_there_are_sixteen_published_examples():
    assert len(PUBLISHED) == 16


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("30 jours", PaymentTerms(30, "", 0)),
        ("30 j. date de facture", PaymentTerms(30, "", 0)),
        ("60 days from invoice date", PaymentTerms(60, "", 0)),
        ("45 jours fin de mois", PaymentTerms(45, "after", 0)),
        ("45 days end of month", PaymentTerms(45, "after", 0)),
        ("Fin de mois 45 jours", PaymentTerms(45, "before", 0)),
        ("fin de mois", PaymentTerms(0, "after", 0)),
        ("fin de mois le 10", PaymentTerms(0, "after", 10)),
        ("À réception de facture", PaymentTerms(0, "", 0)),
        ("comptant", PaymentTerms(0, "", 0)),
    ],
)
def test_the_wordings_of_the_trade(text, terms):
    assert payment_terms(text) == terms


@pytest.mark.parametrize("text", ["", "bientôt", "45 jours peut-être", "99999 jours", "fin de mois le 32"])
def test_what_is_not_terms_is_refused_with_examples(text):
    with pytest.raises(Refusal) as refused:
        payment_terms(text)
    assert refused.value.problems[0].field == "terms"


@pytest.mark.parametrize(
    ("terms", "due"),
    [
        ("fin de mois le 31", "2027-02-28"),
        ("30 jours fin de mois le 30", "2027-04-30"),  # 2 March, then 31 March, then the 30th of the next month
        ("à réception", "2027-01-31"),
    ],
)
def test_a_day_number_a_month_lacks_is_its_last_day(terms, due):
    assert due_date(dt.date(2027, 1, 31), payment_terms(terms)).due.isoformat() == due


@pytest.mark.parametrize(
    ("terms", "remarks"), [("60 jours", 0), ("61 jours", 1), ("45 jours fin de mois", 0), ("60 jours fin de mois", 1)]
)
def test_a_term_over_the_ceiling_between_professionals_is_remarked_never_refused(terms, remarks):
    found = due_date(dt.date(2026, 3, 2), payment_terms(terms))
    assert len(found.remarks) == remarks
    assert all("L. 441-10" in str(remark) for remark in found.remarks)
