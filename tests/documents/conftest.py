"""Models built by hand for the document tests, and a reader of the PDF's text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from core.documents.mandate import Amounts, FeeLine, Insurance, Mandate, MandateDebt
from core.documents.parties import Agency, Person
from core.documents.receipt import AllocationLine, Receipt
from core.domain.messages import msg

AT = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def read() -> Callable[[bytes], str]:
    """The text of all pages as pypdf finds it, with every run of spaces (line ends, no-break) as one space."""

    def text(pdf: bytes) -> str:
        return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())

    return text


@pytest.fixture
def agency() -> Agency:
    return Agency(
        name="Cabinet Recouvrement des Alpes",
        legal_form="SAS au capital de 10 000 €",
        address=("12 rue de la République", "69003 Lyon"),
        siren="732829320",
        contact="04 72 00 00 00",
        mentions=("RCS Lyon 732 829 320", "Police Assureur SA 4512-88"),
    )


@pytest.fixture
def receipt(agency: Agency) -> Receipt:
    return Receipt(
        number="Q-2026-000123",
        issued_on=dt.date(2026, 11, 22),
        created_at=AT,
        agency=agency,
        creditor=Person("Énergie de l'Ouest SA", ("4 quai de la Fosse", "44000 Nantes")),
        debtor=Person("Łukasz Œuvré", ("3 allée des Tilleuls", "38000 Grenoble")),
        case_reference="D-2026-0042",
        paid_on=dt.date(2026, 11, 20),
        means=msg("Bank transfer"),
        amount=123456,
        lines=(
            AllocationLine("Facture F-2026-014", principal=80000, interest=3456, other=4000, total=87456),
            AllocationLine("Facture F-2026-021", principal=36000, interest=0, other=0, total=36000),
        ),
        balance=45010,
        balance_on=dt.date(2026, 11, 21),
        interest_known=True,
        payment_reference="VIR OEUVRE 20/11",
        signed_by="Camille Martin",
    )


@pytest.fixture
def mandate(agency: Agency) -> Mandate:
    return Mandate(
        number="M-2026-007",
        drawn_on=dt.date(2026, 11, 22),
        created_at=AT,
        agency=agency,
        creditor=Person("Énergie de l'Ouest SA", ("4 quai de la Fosse", "44000 Nantes"), "552100554"),
        power_to_receive=True,
        basis="Contrat de fourniture du 3 mars 2025",
        amounts=Amounts(principal=100000, interest=2550, other=4000, total=106550),
        insurance=Insurance("Assureur SA", "4512-88", dt.date(2027, 12, 31), "Plafond de 500 000 € par sinistre"),
        fees=(FeeLine("Moins de six mois", "12 % HT des sommes encaissées"), FeeLine("Au-delà", "18 % HT")),
        remittance="Par virement le 10 du mois suivant",
        client_account="Banque des Alpes, FR76 3000 4000",
        declared_on=dt.date(2024, 2, 3),
        declared_to="procureur de la République de Lyon",
        max_instalments=6,
        max_discount=Decimal("7.5"),
        other_powers=("Remettre les pénalités de retard",),
        term="Un an, préavis de trois mois",
        agency_signatory="Camille Martin",
        creditor_signatory="Jean Dupont",
    )


@pytest.fixture
def sixty_debts() -> tuple[tuple[MandateDebt, ...], Amounts]:
    """Sixty debts of 100,00 + 1,50 + 40,00 each; their sums by hand: 6 000,00, 90,00, 2 400,00, 8 490,00."""
    debts = tuple(
        MandateDebt(
            f"F-{n:03d}",
            "Facture d'électricité",
            f"Débiteur {n:03d}",
            dt.date(2026, 3, 1),
            Amounts(10000, 150, 4000, 14150),
        )
        for n in range(1, 61)
    )
    return debts, Amounts(principal=600000, interest=9000, other=240000, total=849000)
