"""Headings that creditors write, and what each column is taken for: right, or left to the person."""

import pytest

from core.domain.placement_fields import DEBT_FIELDS
from core.domain.takeover_fields import RECORD_KINDS
from core.exchange.headings import guess, heading_key, named_mapping, recognised

GENERATED = (
    "code_creancier;ref_debiteur;type;nom;prenom;siren;adresse;code_postal;ville;courriel;telephone;iban;no_facture;date_emission;date_echeance;"
    "montant_ttc;deja_regle"
).split(";")


def named(header, **options):
    header = header.split("|") if isinstance(header, str) else header
    found = guess(header, **options)
    return {header[at]: field for at, field in found.mapping.items()}


def test_the_headings_of_the_bench_file_are_all_understood():
    assert (
        list(guess(GENERATED).mapping.values())
        == (
            "creditor_ref debtor_ref debtor_kind debtor_name debtor_first_name siren address postcode city email phone iban debt_ref issued_on due_on "
            "amount paid_before"
        ).split()
    )


def test_an_ordinary_french_export_is_understood_and_its_amount_without_tax_is_left_alone():
    header = "N° facture|Date de facture|Date d'échéance|Montant HT|TVA|Montant TTC|Reste dû|Nom / Raison sociale|CP|Ville|Tél.|Mél|Adresse 1|Adresse 2|SIRET"
    assert named(header) == {
        "N° facture": "debt_ref", "Date de facture": "issued_on", "Date d'échéance": "due_on", "Montant TTC": "amount", "Reste dû": "balance",
        "Nom / Raison sociale": "debtor_name", "CP": "postcode", "Ville": "city", "Tél.": "phone", "Mél": "email", "Adresse 1": "address",
        "Adresse 2": "address2", "SIRET": "siret",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("N° Facture", "debt_ref"), ("Numéro de pièce", "debt_ref"), ("NumFacture", "debt_ref"), ("Réf. facture", "debt_ref"), ("INVOICE_NO", "debt_ref"),
        ("Échéance", "due_on"), ("Date d’exigibilité", "due_on"), ("A payer avant", "due_on"), ("dateEcheance", "due_on"), ("DATE ECHEANCE", "due_on"),
        ("Date facture", "issued_on"), ("Émise le", "issued_on"), ("Montant TTC (€)", "amount"), ("Montant T.T.C.", "amount"), ("TOTAL TTC EUR", "amount"),
        ("Net à payer", "amount"), ("Reste à payer", "balance"), ("Solde dû", "balance"), ("Impayé", "balance"), ("Déjà réglé", "paid_before"),
        ("Acompte versé", "paid_before"), ("Raison sociale", "debtor_name"), ("Nom du client", "debtor_name"), ("Débiteur", "debtor_name"),
        ("Prénom", "debtor_first_name"), ("N° client", "debtor_ref"), ("Code client", "debtor_ref"), ("Adresse e-mail", "email"), ("Courriel", "email"),
        ("Adresse", "address"), ("N° et voie", "address"), ("Complément d'adresse", "address2"), ("Code postal", "postcode"), ("C.P.", "postcode"),
        ("Commune", "city"), ("Pays", "country"), ("Tél portable", "phone"), ("Téléphone fixe", "phone2"), ("N° SIREN", "siren"),
        ("N° TVA intracommunautaire", "vat"), ("Taux d'intérêt", "contract_rate"), ("Devise", "currency"), ("Nature de la créance", "nature"),
        ("Objet", "label"), ("Date de mise en demeure", "first_letter_on"), ("Type de client", "debtor_kind"), ("Réf. dossier", "case_ref"),
    ],
)  # fmt: skip
def test_a_heading_is_the_field_it_says(heading, field):
    assert guess([heading], kind="debts").mapping == {0: field}


@pytest.mark.parametrize(
    "heading",
    ["Montant HT", "Montant TVA", "Date de naissance", "Date de relance", "Nombre de relances", "Frais", "Pénalités", "Jours de retard", "SIREN créancier",
     "Date de paiement", "Mode de règlement", "E-mail gestionnaire", "Statut", "", "2024/2025", "Montant HTT"],
)  # fmt: skip
def test_a_heading_that_only_looks_like_a_field_stays_with_the_person(heading):
    assert guess([heading], kind="debts").mapping == {}


def test_the_typing_errors_of_the_lettering_exercise_are_forgiven_and_not_sure():
    found = guess(["client_nom", "feature_id", "montant_factture"])
    assert found.mapping == {0: "debtor_name", 1: "debt_ref", 2: "amount"}
    assert found.confidence[0] > 0.9
    assert max(found.confidence[1], found.confidence[2]) < 0.6


def test_no_two_columns_are_one_field():
    found = guess(["Date échéance", "dateEcheance", "N° facture", "Montant"])
    assert sorted(found.mapping.values()) == ["amount", "debt_ref"]


def test_cells_settle_which_of_two_equal_headings_is_the_date():
    rows = [["F1", "12/05/2026", "30 jours"], ["F2", "13/05/2026", "45 jours"]]
    assert guess(["N° facture", "Échéance", "Date échéance"], rows).mapping[1] == "due_on"
    assert guess(["N° facture", "Date d'échéance", "Échéance"], rows).mapping == {0: "debt_ref", 1: "due_on"}


def test_a_vague_heading_over_cells_of_another_kind_is_not_believed():
    assert guess(["N° facture", "Total"], [["F1", "douze"], ["F2", "treize"]], "debts").mapping == {0: "debt_ref"}
    assert guess(["N° facture", "Total"], [["F1", "12,00"], ["F2", "13,00"]], "debts").mapping == {
        0: "debt_ref",
        1: "amount",
    }


def test_unmistakable_cells_name_a_column_whose_heading_says_nothing():
    rows = [[f"F{n}", f"client{n}@exemple.fr", "FR1420041010050500013M02606"] for n in range(5)]
    found = guess(["N° facture", "Contact", "Zone 3"], rows, "debts")
    assert found.mapping == {0: "debt_ref", 1: "email", 2: "iban"}
    assert found.confidence[1] < 0.6


def test_a_second_telephone_column_is_the_second_telephone():
    assert named("Tél.|Portable|Nom") == {"Tél.": "phone", "Portable": "phone2", "Nom": "debtor_name"}


@pytest.mark.parametrize("kind", RECORD_KINDS, ids=lambda k: k.key)
def test_the_published_headings_and_the_english_labels_are_each_their_own_field(kind):
    fields = [f.name for f in kind.fields]
    for header in ([f.heading for f in kind.fields], [str(f.label) for f in kind.fields]):
        found = guess(header)
        assert (found.kind, list(found.mapping.values())) == (kind.key, fields)


def test_every_other_heading_of_a_field_means_that_field():
    for field in DEBT_FIELDS:
        for text in field.strong:
            assert guess([text], kind="debts").mapping.get(0) == field.name, text


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Réf. dossier|Date promesse|Montant promis|Moyen", "promises"), ("Dossier|Date contact|Canal|Résultat|Commentaire", "contacts"),
        ("paiement_id|client_id|montant_paye", "payments"), ("Dossier|Échéancier|N° échéance|Date échéance|Montant échéance|Montant payé", "plans"),
        ("Dossier|Nature du titre|Date jugement|Tribunal|N° RG|Montant accordé|Signifié le", "titles"),
        ("N° facture|Date contestation|Motif de la contestation|Montant litige", "disputes"), ("Dossier|Fonds détenus|Arrêté au", "client_money"),
        ("Facture|Client|Montant TTC|Échéance", "debts"),
    ],
)  # fmt: skip
def test_headings_tell_what_the_lines_are(header, kind):
    assert guess(header.split("|")).kind == kind


@pytest.mark.parametrize(
    ("heading", "key"),
    [("N° de Facture", "numero facture"), ("numeroFacture", "numero facture"), ("DATE_ECHEANCE", "date echeance"), ("Montant TTC (€)", "montant ttc"),
     ("Adresse1", "adresse 1"), ("Réf.", "reference"), ("TEL", "telephone")],
)  # fmt: skip
def test_spelling_habits_do_not_hide_a_heading(heading, key):
    assert heading_key(heading) == key


def test_a_row_of_data_is_not_taken_for_headings():
    assert recognised(["F001", "Martin", "12,00", "12/05/2026"]) == 0
    assert recognised(["N° facture", "Client", "Montant"]) == 3


def test_a_saved_mapping_finds_its_columns_again_in_another_order():
    assert named_mapping(["Montant", "N°", "Nom"], {"N°": "debt_ref", "Montant": "amount", "absent": "city"}) == {
        1: "debt_ref",
        0: "amount",
    }
