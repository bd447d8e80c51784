"""The sheets of a takeover in the open placement format, version 1: what happened to running cases before they came. Checks no line."""

from __future__ import annotations

from typing import NamedTuple

from core.domain.messages import Message, msg
from core.domain.placement_fields import DEBT_FIELDS, MEANS, SHARED, YES_NO, Choice, Field


class RecordKind(NamedTuple):
    """One kind of line: its key, its published French sheet and file name, its fields; `telling` fields reveal it."""

    key: str
    sheet: str
    label: Message
    fields: tuple[Field, ...]
    telling: tuple[str, ...]


CHANNELS = (
    Choice("call", "appel", ("telephone", "tel", "phone", "appel sortant", "appel entrant")),
    Choice("letter", "courrier", ("lettre", "post", "lrar", "recommande")),
    Choice("email", "courriel", ("mail", "mel", "e mail")),
    Choice("sms", "sms", ("texto", "message")),
    Choice("visit", "visite", ("deplacement",)),
    Choice("other", "autre", ("divers",)),
)
RECEIVERS = (
    Choice("agency", "cabinet", ("agence", "agency", "societe de recouvrement", "recouvreur")),
    Choice("creditor", "creancier", ("creditor", "mandant", "client", "direct", "paiement direct")),
)
TITLES = (
    Choice(
        "payment_order",
        "injonction de payer",
        ("ordonnance", "ordonnance d injonction de payer", "ip", "oip", "payment order"),
    ),
    Choice("judgment", "jugement", ("arret", "decision", "judgment", "judgement")),
    Choice("interim_order", "refere", ("ordonnance de refere", "refere provision", "interim order")),
    Choice(
        "bailiff_title",
        "titre commissaire de justice",
        ("titre huissier", "titre executoire simplifie", "bailiff title"),
    ),
    Choice("notarial_deed", "acte notarie", ("acte authentique", "notarial deed")),
    Choice(
        "cheque_certificate",
        "certificat de non-paiement",
        ("certificat non paiement", "titre cheque", "certificate of non payment"),
    ),
    Choice("settlement", "transaction homologuee", ("accord homologue", "protocole homologue", "approved settlement")),
    Choice("other", "autre", ("divers",)),
)

_OF = (SHARED["case_ref"], SHARED["debtor_ref"], SHARED["debt_ref"])


def _date(
    name: str, heading: str, label: Message, *strong: str, required: bool = True, weak: tuple[str, ...] = ()
) -> Field:
    text = msg("Day/month/year.")
    return Field(name, heading, label, "date", required, 20, "15/06/2026", text, (label.msgid.lower(), *strong), weak)


def _amount(
    name: str, heading: str, label: Message, *strong: str, required: bool = True, weak: tuple[str, ...] = ()
) -> Field:
    text = msg("Euros, comma or point, no thousands dot.")
    return Field(name, heading, label, "amount", required, 20, "150,00", text, (label.msgid.lower(), *strong), weak)


def _means(**extra: bool) -> Field:
    return Field(
        "means", "moyen", msg("Means of payment"), "enum", extra.get("required", False), 40, "virement",
        msg("virement, carte, cheque, prelevement, especes or autre."),
        ("moyen de paiement", "mode de paiement", "mode paiement", "mode reglement", "mode de reglement", "moyen reglement", "method",
        "means"),
        ("mode",), MEANS,
    )  # fmt: skip


PAYMENTS = (
    *_OF,
    _date("paid_on", "date_paiement", msg("Payment date"), "date de paiement", "date reglement", "date de reglement", "paye le",
        "date encaissement",
          "paid on", "date valeur", "date versement", weak=("date",)),
    _amount("amount", "montant_paye", msg("Amount paid"), "montant reglement", "montant paiement", "montant regle", "montant encaisse",
        "montant verse",
            "payment amount", "paye", "regle", "versement", weak=("montant", "amount", "credit")),
    _means(),
    Field("received_by", "encaisse_par", msg("Received by"), "enum", False, 40, "cabinet",
          msg("cabinet: the agency that handed the case over; creancier: paid to the creditor. Empty means cabinet."),
          ("recu par", "beneficiaire", "received by", "paye a", "destinataire paiement"), (), RECEIVERS),
    Field("reference", "reference_paiement", msg("Payment reference"), "text", False, 80, "VIR-8841",
        msg("Bank reference, cheque number."),
          ("paiement id", "id paiement", "numero paiement", "ref paiement", "reference reglement", "numero reglement", "payment id",
          "payment ref",
           "payment reference", "reference bancaire"), ("reference", "ref", "id")),
    SHARED["format_version"],
)  # fmt: skip
CONTACTS = (
    *_OF,
    _date("contacted_on", "date_contact", msg("Contact date"), "date du contact", "date action", "date appel", "date evenement",
        "contacted on", weak=("date",)),
    Field("channel", "canal", msg("Channel"), "enum", True, 40, "appel", msg("appel, courrier, courriel, sms, visite or autre."),
          ("type contact", "type action", "moyen de contact", "channel", "type evenement"), ("type",), CHANNELS),
    Field("result", "resultat", msg("Result code"), "text", False, 40, "PRO",
        msg("Result code of the agency; an unknown one is kept in the note."),
          ("code resultat", "resultat contact", "code action", "result", "outcome", "result code", "issue"), ("code", "statut")),
    Field("note", "note", msg("Note"), "text", False, 2000, "A promis un virement", msg("What was said, objectively."),
          ("notes", "commentaire", "commentaires", "observation", "observations", "compte rendu", "comment", "remarque"), ("texte",
          "libelle")),
    SHARED["format_version"],
)  # fmt: skip
PROMISES = (
    *_OF,
    _date("due_on", "date_promesse", msg("Promised for"), "promesse pour le", "date de promesse", "date promise", "promise date",
        "promised on",
          "promesse le", weak=("date", "date echeance", "echeance")),
    _amount("amount", "montant_promis", msg("Amount promised"), "montant promesse", "promise amount", "promis", weak=("montant",
        "amount")),
    _means(),
    SHARED["format_version"],
)  # fmt: skip
PLANS = (
    *_OF,
    Field("plan_ref", "reference_echeancier", msg("Plan reference"), "text", True, 60, "ECH-12",
        msg("One reference for all the instalments of a plan."),
          ("ref echeancier", "numero echeancier", "id echeancier", "echeancier", "plan", "plan ref", "plan id", "reference plan",
          "numero plan")),
    Field("number", "numero_echeance", msg("Instalment number"), "digits", True, 4, "1", msg("1 for the first instalment, then 2, 3…"),
          ("no echeance", "rang", "rang echeance", "instalment", "instalment number", "echeance numero"), ("numero", "no")),
    _date("due_on", "date_echeance", msg("Instalment date"), "echeance", "date d echeance", "due date", "due on", weak=("date",)),
    _amount("amount", "montant_echeance", msg("Instalment amount"), "mensualite", "montant mensualite", "montant de l echeance",
        weak=("montant", "amount")),
    _amount("paid", "montant_paye", msg("Paid on it"), "paye", "regle", "deja paye", "montant regle", "paid", required=False),
    SHARED["format_version"],
)  # fmt: skip
TITLE_FIELDS = (
    *_OF,
    Field("kind", "type_titre", msg("Kind of title"), "enum", True, 60, "injonction de payer",
        msg("injonction de payer, jugement, refere…"),
          ("nature titre", "nature du titre", "titre", "type decision", "title kind", "title type"), ("type", "nature"), TITLES),
    _date("decided_on", "date_titre", msg("Date of the title"), "date decision", "date jugement", "date ordonnance", "rendu le",
        "decided on", weak=("date",)),
    Field("court", "juridiction", msg("Court"), "text", False, 120, "Tribunal judiciaire de Lille",
        msg("Court, notary or commissaire de justice."),
          ("tribunal", "court", "autorite", "greffe")),
    Field("reference", "numero_titre", msg("Number of the title"), "text", False, 60, "RG 26/00123", msg("Number at the registry."),
          ("rg", "numero rg", "no rg", "reference titre", "ref titre", "numero decision", "title reference"), ("reference", "ref",
          "numero")),
    _amount("amount", "montant_titre", msg("Amount granted"), "montant accorde", "montant condamnation", "condamnation", "amount granted",
            weak=("montant", "amount")),
    _date("served_on", "date_signification", msg("Served on"), "signifie le", "date de signification", "signification", "served on",
        required=False),
    SHARED["format_version"],
)  # fmt: skip
DISPUTES = (
    *_OF,
    _date("opposed_on", "date_opposition", msg("Objection date"), "date contestation", "conteste le", "date litige",
        "date reclamation", "opposed on",
          weak=("date",)),
    Field("reason", "motif", msg("Reason of the objection"), "text", True, 500, "Marchandise non livrée",
        msg("What the debtor objects to, in a sentence."),
          ("motif contestation", "motif opposition", "motif litige", "objet contestation", "reason", "grief"), ("libelle", "note",
          "commentaire")),
    _amount("amount", "montant_conteste", msg("Amount disputed"), "montant litige", "montant en litige", "disputed amount",
        required=False,
            weak=("montant", "amount")),
    Field("open", "en_cours", msg("Still open"), "enum", False, 8, "oui", msg("oui or non; empty means oui."),
          ("ouvert", "encore ouvert", "litige ouvert", "open"), (), YES_NO),
    SHARED["format_version"],
)  # fmt: skip
CLIENT_MONEY = (
    *_OF,
    _date("held_on", "date_arrete", msg("As of"), "arrete au", "date d arrete", "situation au", "held on", "date reprise",
        "date de reprise", weak=("date",)),
    _amount("amount", "montant_detenu", msg("Client money held"), "fonds detenus", "fonds clients", "montant detenu",
        "compte de tiers", "fonds mandant",
            "amount held", "client money", "a reverser", "reste a reverser", weak=("montant", "amount", "solde")),
    SHARED["format_version"],
)  # fmt: skip

RECORD_KINDS: tuple[RecordKind, ...] = (
    RecordKind("debts", "creances", msg("Debts"), DEBT_FIELDS, ("amount", "due_on", "debtor_name")),
    RecordKind("payments", "paiements", msg("Payments received"), PAYMENTS, ("paid_on", "amount")),
    RecordKind("contacts", "contacts", msg("Contacts"), CONTACTS, ("contacted_on", "channel")),
    RecordKind("promises", "promesses", msg("Promises"), PROMISES, ("due_on", "amount")),
    RecordKind("plans", "echeanciers", msg("Payment plans"), PLANS, ("plan_ref", "number", "due_on", "amount")),
    RecordKind("titles", "titres", msg("Enforceable titles"), TITLE_FIELDS, ("kind", "decided_on", "amount")),
    RecordKind("disputes", "contestations", msg("Objections"), DISPUTES, ("opposed_on", "reason")),
    RecordKind("client_money", "fonds_detenus", msg("Client money held"), CLIENT_MONEY, ("amount", "held_on")),
)  # fmt: skip
BY_KEY = {kind.key: kind for kind in RECORD_KINDS}
