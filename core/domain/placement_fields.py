"""The fields of the open placement format, version 1: names, headings, kinds,
lengths. Describes columns; checks no line and reads no file.

`heading` is the published French heading and never changes within a version; `label` and `help` are msgids that screens
render. `strong` and `weak` are other headings that mean the field: a weak one ("date") yields to a strong one.
"""

from __future__ import annotations

from typing import NamedTuple

from core.domain.messages import Message, msg

VERSION = "1"


class Choice(NamedTuple):
    """One value of an enumeration: its key in the program, the French word of the format, other words understood."""

    key: str
    word: str
    others: tuple[str, ...] = ()


class Field(NamedTuple):
    """One column of the format."""

    name: str
    heading: str
    label: Message
    kind: str = "text"  # text | date | amount | rate | enum | digits
    required: bool = False
    length: int = 80
    example: str = ""
    help: Message = msg("")
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


DEBTOR_KINDS = (
    Choice("individual", "particulier", ("part", "particuliers", "personne physique", "pp", "individual", "consumer", "b2c",
        "consommateur", "prive", "p")),
    Choice("business", "professionnel", ("pro", "professionnels", "entreprise", "societe", "personne morale", "pm", "business",
        "company", "b2b", "e")),
    Choice("association", "non professionnel", ("association", "asso", "associations", "association loi 1901", "fondation", "sci",
        "syndicat", "syndicat de coproprietaires", "syndicat des coproprietaires", "copropriete", "sdc", "comite d entreprise", "cse",
        "personne morale non professionnelle", "personne morale hors activite professionnelle", "pm non pro", "non pro",
        "non business")),
    Choice("public", "public", ("collectivite", "administration", "mairie", "personne publique", "etat", "public body", "b2g",
        "etablissement public")),
)  # fmt: skip
NATURES = (
    Choice("invoice", "facture", ("factures", "fact", "prestation", "services", "vente", "travaux", "invoices", "honoraires")),
    Choice("rent", "loyer", ("loyers", "bail", "indemnite d occupation", "rents", "loyers et charges")),
    Choice("charges", "charges", ("charges de copropriete", "copropriete", "appel de fonds", "appel de charges", "service charges")),
    Choice("cheque", "cheque impaye", ("cheque", "cheques", "cheque sans provision", "bounced cheque", "check")),
    Choice("direct_debit", "prelevement rejete", ("prelevement", "rejet de prelevement", "failed direct debit")),
    Choice("loan", "pret", ("credit", "credit a la consommation", "emprunt", "reconnaissance de dette", "loans")),
    Choice("training", "formation", ("scolarite", "frais de scolarite", "ecole", "cours", "stage", "tuition")),
    Choice("subscription", "abonnement", ("abonnements", "cotisation", "adhesion", "salle de sport")),
    Choice("energy", "energie", ("electricite", "gaz", "electricity", "gas")),
    Choice("water", "eau", ("eau et assainissement",)),
    Choice("telecom", "telecom", ("telecoms", "telephonie", "internet", "mobile", "telephone")),
    Choice("insurance", "assurance", ("prime d assurance", "prime", "mutuelle")),
    Choice("health", "sante", ("soins", "frais medicaux", "hospitalisation", "dentaire", "medical")),
    Choice("transport", "transport", ("fret", "carriage", "freight")),
    Choice("bill", "effet de commerce", ("lettre de change", "traite", "billet a ordre", "bill of exchange", "promissory note")),
    Choice("other", "autre", ("autres", "divers", "others")),
)  # fmt: skip
MEANS = (
    Choice("transfer", "virement", ("vir", "virement sepa", "wire", "bank transfer")),
    Choice("card", "carte", ("cb", "carte bancaire", "tpe", "credit card")),
    Choice("cheque", "cheque", ("chq", "cheques", "check")),
    Choice("direct_debit", "prelevement", ("prlv", "prelevement sepa", "direct debit")),
    Choice("cash", "especes", ("liquide", "espece", "numeraire")),
    Choice("other", "autre", ("divers",)),
)  # fmt: skip
CURRENCIES = (Choice("EUR", "EUR", ("euro", "euros", "€", "e")),)
YES_NO = (
    Choice("yes", "oui", ("o", "yes", "y", "vrai", "true", "1", "x")),
    Choice("no", "non", ("n", "no", "faux", "false", "0")),
)
VERSIONS = (Choice(VERSION, VERSION, ("v1", "1.0", "placement 1", "placement v1")),)

_VERSION = Field(
    "format_version", "version_format", msg("Format version"), "enum", length=12, example=VERSION, choices=VERSIONS,
    help=msg("Version of this format; leave the column out or write 1."), strong=("format version", "version du format"),
)  # fmt: skip
_CASE_REF = Field(
    "case_ref", "reference_dossier", msg("Creditor's case reference"), length=60, example="DOS-1042",
    help=msg("The creditor's own number of the case; debts with one number form one case."),
    strong=("ref dossier", "numero dossier", "no dossier", "dossier", "code dossier", "id dossier", "case reference", "case ref",
        "case number",
            "case id", "numero compte", "num cpte", "no compte", "compte externe", "account number"),
)  # fmt: skip
_DEBTOR_REF = Field(
    "debtor_ref", "reference_debiteur", msg("Debtor's reference at the creditor"), length=60, example="D0000421",
    help=msg("The creditor's number of the customer; it tells two people of one name apart."),
    strong=("ref debiteur", "code debiteur", "numero debiteur", "id debiteur", "code client", "numero client", "no client", "ref client",
            "reference client", "id client", "client id", "compte client", "compte auxiliaire", "code locataire", "numero locataire",
            "customer id", "customer number", "customer code", "customer ref", "debtor id", "debtor ref", "debtor reference", "tenant id",
            "matricule", "numero adherent", "numero patient", "numero abonne", "numero societaire"),
    weak=("client code", "identifiant"),
)  # fmt: skip
_DEBT_REF = Field(
    "debt_ref", "reference_creance", msg("Debt reference"), required=True, length=60, example="F26-0000421",
    help=msg("Number of the invoice, of the rent notice, of the cheque; unique for one creditor."),
    strong=("ref creance", "numero creance", "id creance", "no creance", "numero facture", "no facture", "num facture", "ref facture",
            "reference facture", "facture", "facture numero", "id facture", "facture id", "code facture", "numero piece", "no piece",
            "ref piece",
            "reference piece", "piece", "numero quittance", "numero avis", "numero cheque", "numero document", "document",
            "invoice no", "invoice number", "invoice id", "invoice ref", "invoice reference", "invoice", "debt reference", "debt ref",
            "debt id",
            "document number", "numero titre recette", "numero contrat facture"),
    weak=("reference", "ref", "numero", "no", "num", "id"),
)  # fmt: skip

DEBT_FIELDS: tuple[Field, ...] = (
    Field("creditor_ref", "code_creancier", msg("Creditor code"), length=40, example="C0006",
          help=msg("The creditor's code in the agency; not needed when the whole file is one creditor's."),
          strong=("code creancier", "ref creancier", "reference creancier", "creancier", "id creancier", "numero creancier", "mandant",
                  "code mandant", "donneur ordre", "creditor", "creditor ref", "creditor code", "creditor id", "client agence",
                  "bailleur", "code bailleur")),
    _CASE_REF,
    _DEBTOR_REF,
    Field("debtor_kind", "type_debiteur", msg("Kind of debtor"), "enum", length=40, example="particulier", choices=DEBTOR_KINDS,
          help=msg("particulier, professionnel or public; a SIREN makes a professionnel, otherwise empty means particulier."),
          strong=("type client", "nature debiteur", "qualite debiteur", "categorie debiteur", "debtor kind", "debtor type",
              "customer type",
                  "type personne", "nature client", "categorie client", "statut juridique debiteur"),
          weak=("type", "categorie", "qualite", "kind")),
    Field("debtor_name", "nom", msg("Name"), required=True, length=120, example="Martin",
          help=msg("Family name of a person, or name of the company."),
          strong=("nom debiteur", "nom client", "client nom", "debiteur", "raison sociale", "nom raison sociale", "raison sociale nom",
                  "nom ou raison sociale", "denomination", "denomination sociale", "denomination premiere ligne", "societe",
                  "nom societe",
                  "nom famille", "nom locataire", "locataire", "nom complet", "nom prenom", "nom et prenom", "name", "last name",
                  "surname",
                  "family name", "debtor name", "debtor", "company name", "company", "customer name", "customer", "nom entreprise",
                  "entreprise",
                  "nom patient", "nom adherent", "nom du tiers", "tiers", "intitule client", "nom unite legale",
                  "denomination unite legale"),
          weak=("client", "intitule")),
    Field("debtor_first_name", "prenom", msg("First name"), length=80, example="Gaël",
          help=msg("First name of a person; empty for a company."),
          strong=("prenom debiteur", "prenom client", "prenoms", "first name", "firstname", "given name", "prenom locataire",
              "forename")),
    Field("siren", "siren", msg("SIREN"), "digits", length=14, example="732829320",
          help=msg("Nine digits of a company; text, so that no zero is lost."),
          strong=("numero siren", "no siren", "code siren", "siren debiteur", "siren client", "rcs", "numero rcs")),
    Field("siret", "siret", msg("SIRET"), "digits", length=20, example="73282932000074",
          help=msg("Fourteen digits of an establishment; text, so that no zero is lost."),
          strong=("numero siret", "no siret", "code siret", "siret debiteur", "siret client")),
    Field("vat", "numero_tva", msg("VAT number"), length=20, example="FR44732829320",
          help=msg("VAT number of the European Union, with its country."),
          strong=("tva intracommunautaire", "numero tva intracommunautaire", "tva intra", "no tva", "identifiant tva", "vat number",
              "vat no", "vat id", "vat")),
    Field("address", "adresse", msg("Address"), length=160, example="136 boulevard Gambetta",
          help=msg("Number and street; lines of 38 characters are made from it."),
          strong=("adresse 1", "adresse1", "adresse ligne 1", "rue", "voie", "numero et voie", "numero voie", "adresse debiteur",
              "adresse client",
                  "adresse postale", "address", "address 1", "address line 1", "street", "adresse locataire", "libelle voie")),
    Field("address2", "complement_adresse", msg("Address, second line"), length=160, example="Bâtiment C",
          help=msg("Building, stairs, flat, locality."),
          strong=("adresse 2", "adresse2", "adresse ligne 2", "complement", "complement d adresse", "adresse complement", "address 2",
              "address line 2",
                  "batiment", "lieu dit", "adresse suite")),
    Field("postcode", "code_postal", msg("Postcode"), "digits", length=12, example="59800",
          help=msg("Five digits in France; text, so that no zero is lost."),
          strong=("cp", "code post", "codepostal", "cp debiteur", "cp client", "code postal debiteur", "postcode", "postal code",
              "zip", "zip code", "zipcode")),
    Field("city", "ville", msg("City"), length=60, example="Lille",
          help=msg("City, with CEDEX if any."),
          strong=("commune", "localite", "ville debiteur", "ville client", "city", "town", "bureau distributeur", "libelle commune")),
    Field("country", "pays", msg("Country"), length=60, example="France",
          help=msg("Name in French or two-letter code; empty means France."),
          strong=("code pays", "pays debiteur", "pays client", "country", "country code")),
    Field("email", "courriel", msg("E-mail"), length=254, example="gael.martin@exemple.fr",
          help=msg("One address."),
          strong=("email", "e mail", "mail", "mel", "adresse mail", "adresse email", "adresse electronique", "adresse e mail",
              "adresse courriel",
                  "courriel debiteur", "email debiteur", "email client", "mail client", "email address")),
    Field("phone", "telephone", msg("Telephone"), "digits", length=40, example="0612345678",
          help=msg("One number; text, so that no zero is lost. A number abroad starts with + and its country."),
          strong=("tel", "tel 1", "tel1", "telephone 1", "telephone1", "numero telephone", "no telephone", "no tel",
              "telephone debiteur", "telephone client",
                  "telephone principal", "phone", "phone 1", "phone number", "portable", "mobile", "tel portable",
                  "telephone portable", "tel mobile",
                  "telephone mobile", "gsm", "num tel")),
    Field("phone2", "telephone_2", msg("Second telephone"), "digits", length=40, example="0320123456",
          help=msg("Another number of the debtor."),
          strong=("tel 2", "tel2", "telephone2", "autre telephone", "phone 2", "phone2", "second phone", "telephone secondaire"),
          weak=("fixe", "tel fixe", "telephone fixe", "telephone domicile", "tel domicile", "landline")),
    Field("iban", "iban", msg("Debtor's IBAN"), length=42, example="FR1420041010050500013M02606",
          help=msg("Known account of the debtor; it lets a bank transfer find its case."),
          strong=("iban debiteur", "iban client", "compte bancaire", "rib", "coordonnees bancaires", "bank account", "debtor iban")),
    _DEBT_REF,
    Field("nature", "nature", msg("Nature of the debt"), "enum", length=40, example="facture", choices=NATURES,
          help=msg("It decides the limitation period; empty means facture."),
          strong=("nature creance", "nature de la creance", "type creance", "categorie creance", "type facture", "debt type",
              "nature of debt", "type de dette",
                  "nature dette", "type piece", "type document")),
    Field("label", "libelle", msg("What the debt is for"), length=200, example="Fourniture de menuiserie",
          help=msg("What was sold or owed, as the debtor knows it."),
          strong=("libelle creance", "objet", "designation", "motif", "libelle facture", "prestation", "label", "subject",
              "objet facture"),
          weak=("description", "commentaire", "details")),
    Field("issued_on", "date_emission", msg("Issue date"), "date", length=20, example="12/04/2026",
          help=msg("Date of the invoice or of the notice, day/month/year."),
          strong=("date facture", "date de facture", "date facturation", "date piece", "date document", "date creance", "emise le",
              "date creation",
                  "invoice date", "issue date", "issued on", "document date", "date avis", "date quittance", "date cheque", "emission"),
          weak=("date",)),
    Field("due_on", "date_echeance", msg("Due date"), "date", length=20, example="12/05/2026",
          help=msg("Day the debt fell due, day/month/year; limitation often runs from it; interest does between businesses, "
                   "else generally from formal notice."),
          strong=("date d echeance", "echeance", "date exigibilite", "exigible le", "exigibilite", "echeance facture",
              "date limite paiement",
                  "a payer avant", "date limite", "payable le", "due date", "due on", "duedate", "date echeance facture",
                  "date reglement prevue")),
    Field("amount", "montant", msg("Amount owed at the start"), "amount", required=True, length=20, example="1234,56",
          help=msg("Whole amount, taxes included, before any payment; comma or point, no thousands dot."),
          strong=("montant ttc", "montant facture", "total ttc", "montant total", "montant initial", "montant creance", "montant du",
              "ttc", "principal",
                  "montant principal", "montant global", "montant global echeancier", "montant brut", "total facture",
                  "montant total ttc",
                  "amount", "invoice amount", "gross amount", "total amount", "net a payer", "montant a recouvrer", "debit",
                  "montant origine"),
          weak=("total", "somme", "creance", "valeur")),
    Field("paid_before", "deja_regle", msg("Already paid"), "amount", length=20, example="0,00",
          help=msg("Paid to the creditor before the debt was entrusted; empty means nothing."),
          strong=("deja paye", "montant deja regle", "montant deja paye", "montant regle", "montant paye", "regle", "paye", "acompte",
              "acomptes",
                  "acompte verse", "paiements recus", "encaisse", "montant encaisse", "reglements", "paid", "already paid",
                  "amount paid", "paid before",
                  "total paye", "total regle", "versements", "montant verse")),
    Field("balance", "reste_du", msg("Still owed"), "amount", length=20, example="1234,56",
          help=msg("Amount minus what was paid; it checks the two others, or replaces the one that is missing."),
          strong=("reste a payer", "solde", "solde du", "solde restant", "solde restant du", "reste a regler", "montant restant",
              "montant restant du",
                  "restant du", "impaye", "montant impaye", "solde facture", "solde client", "encours", "outstanding", "balance",
                  "amount due",
                  "open amount", "outstanding amount", "remaining amount", "reste a recouvrer")),
    Field("contract_rate", "taux_contractuel", msg("Contract rate"), "rate", length=12, example="12,5",
          help=msg("Yearly rate of late-payment interest agreed in the contract, in percent."),
          strong=("taux conventionnel", "taux interet", "taux d interet", "taux interets", "taux penalites", "taux de penalite",
              "taux retard",
                  "taux penalites retard", "interest rate", "contract rate", "late payment rate")),
    Field("currency", "devise", msg("Currency"), "enum", length=12, example="EUR", choices=CURRENCIES,
          help=msg("EUR only; empty means EUR."),
          strong=("monnaie", "code devise", "currency", "currency code", "devise facture")),
    Field("first_letter_ref", "reference_premiere_lettre", msg("First letter, reference"), length=60, example="LR-2026-118",
          help=msg("A case taken over: reference of the first letter already sent (CPCE, art. R. 124-4)."),
          strong=("ref premiere lettre", "reference mise en demeure", "ref mise en demeure", "numero recommande", "first letter ref",
              "first letter reference",
                  "numero lettre", "ref premier courrier", "reference premier courrier")),
    Field("first_letter_on", "date_premiere_lettre", msg("First letter, date"), "date", length=20, example="02/06/2026",
          help=msg("A case taken over: date of the first letter already sent."),
          strong=("date premier courrier", "date mise en demeure", "premiere lettre le", "mise en demeure le", "first letter date",
              "first letter on",
                  "date mise demeure")),
    _VERSION,
)  # fmt: skip
"""Columns of the sheet of debts, in the order of the published file."""

SHARED = {
    "case_ref": _CASE_REF,
    "debtor_ref": _DEBTOR_REF,
    "debt_ref": _DEBT_REF._replace(required=False),
    "format_version": _VERSION,
}
"""Columns that the sheets of a takeover borrow to say whose line it is."""
