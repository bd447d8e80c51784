"""The collection mandate as a PDF, article by article. Prints what was typed: it gives no advice and fills no gap.

Sources: code des procédures civiles d'exécution, articles L.111-8, L.124-1, R.124-2, R.124-3, R.124-5 and R.124-6.
"""

from __future__ import annotations

from core.documents.cells import Column
from core.documents.mandate_model import Amounts, FeeLine, Insurance, Mandate, MandateDebt, missing_items
from core.documents.parties import grouped
from core.documents.sheet import Sheet
from core.i18n import Texts

__all__ = ["Amounts", "FeeLine", "Insurance", "Mandate", "MandateDebt", "mandate_pdf", "missing_items"]


def mandate_pdf(model: Mandate, t: Texts) -> bytes:
    """The mandate in the language of `t`; a missing fact shows as a framed place to complete; same model, same bytes."""
    sheet = Sheet(t("Collection mandate no. {number}", number=model.number), model.agency, t, model.created_at)
    sheet.main_title(t("Articles L. 124-1 and R. 124-1 to R. 124-7 of the Code of civil enforcement procedures"))
    _parties(sheet, model, t)
    _power(sheet, model, t)
    _sums(sheet, model, t)
    _guarantee(sheet, model, t)
    _remuneration(sheet, model, t)
    _remittance(sheet, model, t)
    _powers(sheet, model, t)
    _duties(sheet, model, t)
    if model.term:
        sheet.heading(t("8. Duration"))
        sheet.paragraph(model.term)
    _signatures(sheet, model, t)
    if model.debts:
        _annex(sheet, model, t)
    return sheet.pdf()


def _said(sheet: Sheet, t: Texts, text: str, what: str) -> None:
    """A typed clause, or the place to complete."""
    if text:
        sheet.paragraph(text)
    else:
        _to_complete(sheet, t, what)


def _to_complete(sheet: Sheet, t: Texts, what: str) -> None:
    sheet.blank(t("To be completed: {what}", what=what))


def _parties(sheet: Sheet, model: Mandate, t: Texts) -> None:
    blocks = []
    for role, name, address, siren, signatory in (
        (
            t("The creditor"),
            model.creditor.name,
            model.creditor.address,
            model.creditor.siren,
            model.creditor_signatory,
        ),
        (t("The agency"), model.agency.name, model.agency.address, model.agency.siren, model.agency_signatory),
    ):
        shown = t("SIREN {siren}", siren=grouped(siren)) if siren else ""
        by = t("represented by {name}", name=signatory) if signatory else ""
        blocks.append([text for text in (role, name, *address, shown, by) if text])
    sheet.paragraph(t("Between the undersigned:"))
    sheet.columns(*blocks)
    sheet.gap(3)
    sheet.paragraph(t("Drawn up on {day}.", day=model.drawn_on))


def _power(sheet: Sheet, model: Mandate, t: Texts) -> None:
    sheet.heading(t("1. Purpose and power to receive"), t("Article R. 124-3, first paragraph"))
    names = {"creditor": model.creditor.name, "agency": model.agency.name}
    sheet.paragraph(
        t("{creditor} entrusts {agency} with the amicable collection of the debts described below.", **names)
    )
    if model.power_to_receive:
        sheet.paragraph(t("{creditor} gives {agency} power to receive payments on its behalf.", **names))
    else:
        _to_complete(sheet, t, t("power to receive payments on the creditor's behalf"))


def _sums(sheet: Sheet, model: Mandate, t: Texts) -> None:
    sheet.heading(t("2. Basis and amount of the sums due"), t("Article R. 124-3, 1°"))
    if model.basis or not model.debts:
        _said(sheet, t, model.basis, t("basis of the sums due (contract, invoices, judgment)"))
    if model.amounts:
        sheet.facts(_elements(model.amounts, t))
        sheet.gap(1)
    if model.amounts_note or not model.amounts:
        _said(sheet, t, model.amounts_note, t("amount of each element: principal, interest, other sums"))
    _claimed(sheet, model, t)
    if model.debts:
        sheet.paragraph(t.n("{n} debt is listed in the annex.", "{n} debts are listed in the annex.", len(model.debts)))


def _claimed(sheet: Sheet, model: Mandate, t: Texts) -> None:
    """The accessories that the creditor asks for, one a line; said too when there are none."""
    asked = [words for claimed, words in _accessories(model, t) if claimed]
    if not asked:
        sheet.paragraph(t("The creditor asks for no interest, indemnity or penalty beyond what each placement lists."))
    for words in asked:
        sheet.paragraph(words)
    if model.claims.order == "principal_first":
        sheet.paragraph(
            t("Each payment settles the principal first, then the interest, where the debtor agrees to it.")
        )


def _accessories(model: Mandate, t: Texts) -> list[tuple[bool, str]]:
    claims = model.claims
    return [
        (
            claims.interest,
            t(
                "The creditor asks for late interest, at the rate agreed in writing or, failing that, at the rate set by law "
                "(Civil Code article 1231-6, Commercial Code article L. 441-10)."
            ),
        ),
        (
            claims.indemnity,
            t(
                "From a business or public buyer, the creditor asks for the flat indemnity for each invoice paid late "
                "(Commercial Code articles L. 441-10 and D. 441-5)."
            ),
        ),
        (
            claims.penalty,
            t(
                "The creditor asks for the penalty clause of the contract, which a court may reduce (Civil Code article 1231-5)."
            ),
        ),
    ]


def _elements(amounts: Amounts, t: Texts) -> list[tuple[str, str]]:
    return [
        (t("Principal"), t.money(amounts.principal)),
        (t("Interest"), t.money(amounts.interest)),
        (t("Other sums"), t.money(amounts.other)),
        (t("Total"), t.money(amounts.total)),
    ]


def _guarantee(sheet: Sheet, model: Mandate, t: Texts) -> None:
    sheet.heading(t("3. Guarantee against civil liability"), t("Articles R. 124-3, 2° and R. 124-2"))
    sheet.paragraph(
        t(
            "The agency's insurance guarantees the creditor against the pecuniary consequences of the civil liability that "
            "the agency incurs in collecting debts."
        )
    )
    insurance = model.insurance
    sheet.facts(
        [
            (t("Insurer"), insurance.insurer),
            (t("Policy number"), insurance.policy_number),
            (t("End of cover"), t.date(insurance.expires_on)),
        ]
    )
    for present, what in (
        (insurance.insurer, t("insurer")),
        (insurance.policy_number, t("number of the policy")),
        (insurance.expires_on, t("end of the cover")),
    ):
        if not present:
            _to_complete(sheet, t, what)
    if insurance.expires_on and insurance.expires_on < model.drawn_on:
        _to_complete(sheet, t, t("insurance in force: the cover above ended on {end}", end=insurance.expires_on))
    sheet.gap(1)
    _said(sheet, t, insurance.terms, t("conditions and terms of the guarantee"))


def _remuneration(sheet: Sheet, model: Mandate, t: Texts) -> None:
    sheet.heading(t("4. Remuneration"), t("Article R. 124-3, 3°"))
    sheet.paragraph(t("The remuneration is owed by the creditor and is determined as follows:"))
    if model.fees:
        columns = [Column(t("Item"), 65), Column(t("How it is determined"), 105)]
        sheet.table(columns, [[fee.label, fee.terms] for fee in model.fees])
    else:
        _to_complete(sheet, t, t("how the remuneration is determined"))
    sheet.paragraph(
        t(
            "Collection costs incurred without an enforceable title remain borne by the creditor, except for an act that the "
            "law requires of the creditor (article L. 111-8)."
        )
    )


def _remittance(sheet: Sheet, model: Mandate, t: Texts) -> None:
    sheet.heading(t("5. Remittance of the funds"), t("Articles R. 124-3, 4° and R. 124-6"))
    _said(sheet, t, model.remittance, t("conditions of remittance of the funds"))
    sheet.paragraph(
        t("Unless agreed otherwise, funds are remitted within one month of being actually cashed (article R. 124-6).")
    )
    sheet.facts([(t("Account kept for creditors' funds (article R. 124-2)"), model.client_account)])
    if not model.client_account:
        _to_complete(sheet, t, t("account kept for creditors' funds"))


def _powers(sheet: Sheet, model: Mandate, t: Texts) -> None:
    sheet.heading(t("6. Powers of the agency with the debtor"))
    if model.max_instalments:
        sheet.paragraph(
            t.n(
                "The agency may grant a payment plan of up to {n} month without asking.",
                "The agency may grant a payment plan of up to {n} months without asking.",
                model.max_instalments,
            )
        )
    else:
        sheet.paragraph(t("The agency asks the creditor before granting any payment plan."))
    if model.max_discount:
        sheet.paragraph(
            t(
                "The agency may grant a discount of up to {percent} % without asking.",
                percent=t.show(model.max_discount),
            )
        )
    else:
        sheet.paragraph(t("The agency asks the creditor before granting any discount."))
    for power in model.other_powers:
        sheet.paragraph(power)


def _duties(sheet: Sheet, model: Mandate, t: Texts) -> None:
    sheet.heading(t("7. Duties of the agency"), t("Articles R. 124-2, R. 124-5 and R. 124-6"))
    sheet.paragraph(
        t(
            "The agency informs the creditor of any payment, even partial, except the instalments of a plan it already knows, "
            "and of any offer other than an immediate payment (article R. 124-5)."
        )
    )
    sheet.paragraph(t("The agency gives the debtor a receipt for each payment (article R. 124-6)."))
    if model.declared_on and model.declared_to:
        sheet.paragraph(
            t(
                "The activity was declared on {day} to: {prosecutor} (article R. 124-2).",
                day=model.declared_on,
                prosecutor=model.declared_to,
            )
        )
    else:
        _to_complete(sheet, t, t("date and court of the declaration to the public prosecutor"))


def _signatures(sheet: Sheet, model: Mandate, t: Texts) -> None:
    sheet.gap(4)
    sheet.room_for(62)
    sheet.lines(
        t(
            "This document reproduces the facts typed by its author. It is a model: the parties check it, complete it and decide. "
            "It is not legal advice."
        ),
        size=8.5,
        grey=60,
    )
    sheet.gap(4)
    day, place = t.date(model.signed_on) or "……………", model.signed_at or "……………"
    sheet.paragraph(t("Signed at {place}, on {day}, in two originals.", place=place, day=day))
    handwritten = t("Name, capacity and signature:")
    sheet.columns(
        [t("For the creditor"), model.creditor.name, model.creditor_signatory, handwritten],
        [t("For the agency"), model.agency.name, model.agency_signatory, handwritten],
    )
    sheet.gap(22)


def _annex(sheet: Sheet, model: Mandate, t: Texts) -> None:
    """The list of the debts, each element apart (R.124-3, 1°), closed by the amounts of the mandate."""
    sheet.break_page()
    sheet.heading(t("Annex: list of the debts"), t("Article R. 124-3, 1°"))
    columns = [
        Column(t("Reference and basis"), 41),
        Column(t("Debtor"), 28),
        Column(t("Due on"), 21),
        Column(t("Principal"), 22, amount=True),
        Column(t("Interest"), 18, amount=True),
        Column(t("Other"), 18, amount=True),
        Column(t("Total"), 22, amount=True),
    ]
    rows = [
        [f"{debt.reference}\n{debt.basis}".strip(), debt.debtor, t.date(debt.due_on), *_cells(debt.amounts, t)]
        for debt in model.debts
    ]
    total = [t("Total"), "", "", *_cells(model.amounts, t)] if model.amounts else []
    sheet.table(columns, rows, total, size=8.5)


def _cells(amounts: Amounts, t: Texts) -> list[str]:
    return [t.money(cents) for cents in (amounts.principal, amounts.interest, amounts.other, amounts.total)]
