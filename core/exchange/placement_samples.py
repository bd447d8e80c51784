"""Sample lines of the open placement format, all invented. Texts only: they are published as files and read by tests."""

from __future__ import annotations

_MARTIN = {"case_ref": "DOS-1042", "debtor_ref": "D0000421"}
_GARAGE = {"case_ref": "DOS-1043", "debtor_ref": "D0000422"}

SAMPLES: dict[str, tuple[dict[str, str], ...]] = {
    "debts": (
        {
            **_MARTIN, "creditor_ref": "C0006", "debtor_kind": "particulier", "debtor_name": "Martin", "debtor_first_name": "Gaël",
            "address": "136 boulevard Gambetta", "address2": "Bâtiment C", "postcode": "59800", "city": "Lille", "country": "France",
            "email": "gael.martin@exemple.fr", "phone": "0612345678", "phone2": "0320123456", "iban": "FR1420041010050500013M02606",
            "debt_ref": "F26-0000421", "nature": "facture", "label": "Fourniture de menuiserie", "issued_on": "12/04/2026",
            "due_on": "12/05/2026", "amount": "1234,56", "paid_before": "234,56", "balance": "1000,00", "currency": "EUR",
            "first_letter_ref": "LR-2026-118", "first_letter_on": "02/06/2026",
        },
        {
            **_GARAGE, "creditor_ref": "C0006", "debtor_kind": "professionnel", "debtor_name": "Garage Dubois SARL", "siren": "732829320",
            "siret": "73282932000074", "vat": "FR44732829320", "address": "4 rue Pasteur", "postcode": "01000",
            "city": "Bourg-en-Bresse", "email": "compta@garage-dubois.exemple.fr", "phone": "0474123456", "debt_ref": "F26-0000422",
            "nature": "facture", "label": "Pièces détachées", "issued_on": "03/02/2026", "due_on": "05/03/2026", "amount": "480,00",
            "contract_rate": "12,5",
        },
        {
            "case_ref": "DOS-1044", "creditor_ref": "C0006", "debtor_kind": "particulier",
            "debtor_name": "Payet", "debtor_first_name": "Inès",
            "address": "12 chemin des Écoliers", "postcode": "97400", "city": "Saint-Denis", "phone": "0692123456", "debt_ref": "L26-04",
            "nature": "loyer", "label": "Loyer d'avril 2026", "issued_on": "01/04/2026", "due_on": "05/04/2026", "amount": "712,40",
        },
    ),
    "payments": (
        {**_MARTIN, "debt_ref": "F26-0000421", "paid_on": "15/06/2026", "amount": "150,00", "means": "virement", "received_by": "cabinet",
         "reference": "VIR-8841"},
        {**_GARAGE, "paid_on": "20/04/2026", "amount": "80,00", "means": "cheque", "received_by": "creancier", "reference": "CHQ 0012345"},
    ),
    "contacts": (
        {**_MARTIN, "contacted_on": "10/06/2026", "channel": "appel", "result": "PRO", "note": "Promet un virement pour le 15 juin."},
        {**_GARAGE, "contacted_on": "18/06/2026", "channel": "courriel", "result": "DOC", "note": "Demande le bon de livraison."},
    ),
    "promises": ({**_MARTIN, "due_on": "15/07/2026", "amount": "300,00", "means": "virement"},),
    "plans": (
        {**_GARAGE, "plan_ref": "ECH-12", "number": "1", "due_on": "05/06/2026", "amount": "200,00", "paid": "200,00"},
        {**_GARAGE, "plan_ref": "ECH-12", "number": "2", "due_on": "05/07/2026", "amount": "200,00", "paid": "0,00"},
    ),
    "titles": (
        {"case_ref": "DOS-1044", "debt_ref": "L26-04", "kind": "injonction de payer", "decided_on": "14/05/2026",
         "court": "Tribunal judiciaire de Saint-Denis", "reference": "RG 26/00123", "amount": "712,40", "served_on": "02/06/2026"},
    ),
    "disputes": (
        {**_GARAGE, "debt_ref": "F26-0000422", "opposed_on": "18/06/2026", "reason": "Deux pièces non livrées",
         "amount": "95,00", "open": "oui"},
    ),
    "client_money": ({**_MARTIN, "held_on": "30/06/2026", "amount": "150,00"},),
}  # fmt: skip
"""Kind of line -> its sample lines, by field name; what is not there is an empty cell."""
