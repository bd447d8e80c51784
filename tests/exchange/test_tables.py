"""Tables as strangers write them: separators, encodings, crooked lines, workbooks with formulas, and the samples of others."""

import csv
import datetime as dt
import io
import json
import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from core.domain.cells import read_amount, read_date
from core.domain.messages import Refusal
from core.domain.placement import Options, check
from core.exchange.csv_rows import separator_of
from core.exchange.intake import intake
from core.exchange.tables import describe, guess_sheet, placements, read_table, without_formulas
from core.exchange.workbooks import cell_text

SAMPLES = Path(__file__).parents[1] / "samples"
RECEIVABLES, SPREADSHEETS, IDENTITY = SAMPLES / "receivables", SAMPLES / "spreadsheets", SAMPLES / "identity"


def sheet(text, **options):
    data = text if isinstance(text, bytes) else text.encode()
    return read_table(data, **options).sheets[0]


def sample(path):
    return read_table(intake(path.name, path.read_bytes()))


def column(of, name):
    at = of.header.index(name)
    return [row[at] for row in of.rows]


# --- CSV


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_every_usual_separator_is_found(mark):
    text = f"nom{mark}ville{mark}montant\nMartin{mark}Lille{mark}12\nDurand{mark}Pau{mark}13\n"
    assert separator_of(text) == mark
    assert sheet(text).rows == [["Martin", "Lille", "12"], ["Durand", "Pau", "13"]]


def test_a_decimal_comma_is_not_a_separator():
    assert separator_of("ref;montant\nF1;12,50\nF2;13,50\n") == ";"


def test_a_semicolon_inside_quotation_marks_is_not_a_separator():
    assert separator_of('name,note\n"Martin","a;b;c"\n"Durand","d;e;f"\n') == ","


def test_the_separator_that_excel_writes_on_a_first_line_is_obeyed_and_not_read():
    assert sheet("sep=,\nnom,ville\nMartin,Lille\n").rows == [["Martin", "Lille"]]


def test_a_person_may_choose_the_separator():
    assert sheet("a|b;c\n1|2;3\n", separator="|").header == ("a", "b;c")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("nom;ville\nHélène;Béziers\n".encode(), "utf-8"),
        (b"\xef\xbb\xbf" + "nom;ville\nHélène;Béziers\n".encode(), "utf-8"),
        ("nom;ville\nHélène;Béziers\n".encode("cp1252"), "cp1252"),
        ("nom;ville\nHélène;Béziers\n".encode("utf-16"), "utf-16"),
    ],
)
def test_accents_survive_the_usual_encodings(data, name):
    table = read_table(data)
    assert (table.encoding, table.sheets[0].header, table.sheets[0].rows[0]) == (
        name,
        ("nom", "ville"),
        ["Hélène", "Béziers"],
    )


def test_the_encoding_that_a_person_chooses_wins():
    assert sheet("nom;ville\nHélène;Pau\n".encode("cp850"), encoding="cp850").rows == [["Hélène", "Pau"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(end):
    assert sheet(end.join(["a;b", "1;2", "3;4", ""])).rows == [["1", "2"], ["3", "4"]]


def test_lines_keep_their_number_across_empty_lines_and_lines_of_separators():
    found = sheet("nom;ville;montant\nMartin;Lille;1\n\n;;\nDurand;Pau;2\n")
    assert (list(found.lines), found.header_line) == ([2, 5], 1)


def test_a_line_with_too_few_or_too_many_cells_is_set_apart_with_its_number():
    found = sheet("nom;ville;montant\nMartin;Lille;1\nDurand;Pau\nPetit;Nice;3;4\nRoux;Metz;5\n")
    assert found.rows == [["Martin", "Lille", "1"], ["Roux", "Metz", "5"]]
    assert [(p.line, p.code) for p in found.faults] == [(3, "line-crooked"), (4, "line-crooked")]
    assert "2 cells" in str(found.faults[0].reason)
    assert found.faults[0].value == "Durand | Pau"


def test_empty_cells_beyond_the_headings_are_nothing():
    assert sheet("nom;ville;;\nMartin;Lille;;\nDurand;Pau;\n").rows == [["Martin", "Lille"], ["Durand", "Pau"]]


def test_quoted_cells_may_hold_separators_line_feeds_and_doubled_quotation_marks():
    found = sheet('nom;adresse;ref\n"Le ""Bon"" Coin; SARL";"4 rue Pasteur\nBât. C";F1\nMartin;Lille;F2\n')
    assert found.rows == [['Le "Bon" Coin; SARL', "4 rue Pasteur\nBât. C", "F1"], ["Martin", "Lille", "F2"]]
    assert list(found.lines) == [2, 4]


def test_a_quotation_mark_inside_a_plain_cell_is_a_sign_like_another():
    assert sheet('nom;ref\nL"ami;F1\nMartin;"F2"\n').rows == [['L"ami', "F1"], ["Martin", "F2"]]


def test_a_quotation_mark_that_is_never_closed_spoils_its_own_line_only():
    found = sheet('nom;ville;ref\nMartin;Lille;F1\n"Durand;Pau;F2\nPetit;Nice;F3\nRoux;"Metz";F4\n')
    assert [row[2] for row in found.rows] == ["F1", "F3", "F4"]
    assert [p.line for p in found.faults] == [3]


def test_an_open_quotation_mark_does_not_swallow_the_rest_of_a_long_file():
    rest = "".join(f"Nom{n};Ville;F{n}\n" for n in range(5000))
    found = sheet(f'nom;ville;ref\nMartin;Lille;"F\n{rest}')
    assert len(found.rows) == 5000
    assert [p.line for p in found.faults] == [2]


def test_a_file_full_of_broken_quotation_marks_is_refused_whole():
    with pytest.raises(Refusal) as refused:
        sheet("nom;ref\n" + '"a"b;1\n' * 1200)
    assert refused.value.problems[0].code == "file-quotes"


def test_titles_above_the_headings_are_passed_over_and_said():
    table = read_table(
        "Balance âgée;;\nEdité le 01/06/2026;;\nNuméro facture;Nom client;Montant TTC\nF1;Martin;12,00\n".encode()
    )
    assert table.sheets[0].header == ("Numéro facture", "Nom client", "Montant TTC")
    assert list(table.sheets[0].lines) == [4]
    assert [n.code for n in table.notices] == ["titles-above"]


@pytest.mark.parametrize("text", ["\n\n", ";;\n;;\n", '""\n'])
def test_a_table_without_a_filled_cell_is_refused(text):
    with pytest.raises(Refusal) as refused:
        sheet(text)
    assert refused.value.problems[0].code == "file-empty"


def test_rows_cut_on_demand_are_the_rows_of_the_csv_module():
    lines = ["a;b;c"] + [f"{n};x{n};{n},50" for n in range(300)]
    text = "\n".join(lines)
    expected = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    found = sheet(text).rows
    assert (found[:], found[7], found[5:9], len(found)) == (expected, expected[7], expected[5:9], 300)
    assert found == expected


def test_a_formula_in_a_csv_is_refused_by_its_field_and_never_computed():
    found = sheet("reference;nom;montant\nF1;=HYPERLINK(1);12\nF2;-Martin;13\n")
    checked = check(found.rows, guess_sheet(found).mapping, Options(), dt.date(2026, 6, 30), found.lines)
    assert [(p.line, p.code, p.field) for p in checked.problems] == [(2, "formula", "debtor_name")]
    assert [line.debtor_name for line in checked.lines] == ["-Martin"]


# --- workbooks


def workbook(*rows, title="Feuille", formats=(), more=None):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for place, number_format in formats:
        book.active[place].number_format = number_format
    if more:
        more(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(*rows, formula=None):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    table = Table(name="Feuille")
    for row in rows:
        line = TableRow()
        for value in row:
            if isinstance(value, dt.date):
                cell = TableCell(valuetype="date", datevalue=value.isoformat())
            elif isinstance(value, int | float):
                cell = TableCell(valuetype="float", value=value, **({"formula": formula} if value == 99 else {}))
            else:
                cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


ROWS = (
    ["N° facture", "Nom", "CP", "Tél", "Montant TTC", "Date échéance"],
    ["F001", "Hélène", "01000", "0612345678", 1234.5, dt.date(2026, 5, 12)],
    ["F002", "Bruno", "59800", "", 12, dt.datetime.fromisoformat("2026-05-13T14:30")],
)


@pytest.mark.parametrize(("kind", "data"), [("xlsx", workbook(*ROWS)), ("ods", ods(*ROWS[:2]))])
def test_a_workbook_gives_texts_with_leading_zeros_whole_numbers_and_iso_dates(kind, data):
    table = read_table(intake(f"remise.{kind}", data))
    found = table.sheets[0]
    assert (table.format, found.name, found.header) == (kind, "Feuille", tuple(ROWS[0]))
    assert found.rows[0] == ["F001", "Hélène", "01000", "0612345678", "1234.5", "2026-05-12"]


def test_a_whole_number_loses_its_point_and_a_moment_keeps_its_time():
    assert sheet(workbook(*ROWS), kind="xlsx").rows[1] == ["F002", "Bruno", "59800", "", "12", "2026-05-13 14:30:00"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1e15, "1000000000000000.000000"),
        (73282932000074.0, "73282932000074"),
        (True, "true"),
        ("007", "007"),
        (-12.0, "-12"),
    ],
)
def test_a_cell_reads_as_a_spreadsheet_shows_it(cell, text):
    assert cell_text(cell) == text


def test_a_date_whose_format_was_lost_is_read_from_its_serial_number():
    found = sheet(workbook(["Facture", "Nom", "Montant", "Échéance"], ["F1", "Martin", 10, 46154]), kind="xlsx")
    (line,) = check(found.rows, guess_sheet(found).mapping, Options(), dt.date(2026, 6, 30), found.lines).lines
    assert line.due_on == dt.date(2026, 5, 12)  # 46154 = 45000 (15 March 2023) + 1154 days


def test_lines_of_a_workbook_are_those_that_the_person_sees():
    found = sheet(
        workbook(
            ["Export du 01/06"], [], ["Facture", "Nom", "Montant"], ["F1", "Martin", 10], [None], ["F2", "Petit", 20]
        ),
        kind="xlsx",
    )
    assert (found.header_line, list(found.lines)) == (3, [4, 6])


def test_a_cell_beyond_the_headings_sets_its_line_apart():
    found = sheet(workbook(["Facture", "Nom"], ["F1", "Martin"], ["F2", "Petit", None, "reste"]), kind="xlsx")
    assert (found.rows, [p.line for p in found.faults]) == ([["F1", "Martin"]], [3])


def test_a_formula_under_an_amount_refuses_its_line_and_one_under_a_name_does_not():
    data = workbook(
        ["Facture", "Nom", "Montant"], ["F1", "Martin", "=5*2"], ["F2", '="Pe"&"tit"', 20], ["F3", "Roux", 30]
    )
    table = read_table(data, "xlsx")
    assert [n.code for n in table.notices] == ["formulas"]
    found = table.sheets[0]
    assert found.formulas == {(2, 2), (3, 1)}
    kept = without_formulas(found, guess_sheet(found).mapping)
    assert list(kept.lines) == [3, 4]
    assert [(p.line, p.code, p.field) for p in kept.faults] == [(2, "formula", "Montant")]


def test_a_formula_of_an_ods_is_seen_too():
    table = read_table(
        ods(["Facture", "Nom", "Montant"], ["F1", "Martin", 10], ["F2", "Petit", 99], formula="of:=[.A1]*2"), "ods"
    )
    assert table.sheets[0].formulas == {(3, 2)}


def test_every_filled_sheet_of_a_workbook_is_read_and_only_those_that_hold_lines_are_placements():
    def more(book):
        book.create_sheet("vide")
        book.create_sheet("paiements").append(["Dossier", "Date paiement", "Montant payé"])
        book["paiements"].append(["D1", "12/05/2026", "10,00"])
        book.create_sheet("notes").append(["à faire", "par qui"])

    table = read_table(workbook(["Facture", "Nom", "Montant"], ["F1", "Martin", 10], more=more), "xlsx")
    assert [s.name for s in table.sheets] == ["Feuille", "paiements", "notes"]
    assert [(s.name, found.kind) for s, found in placements(table)] == [("Feuille", "debts"), ("paiements", "payments")]


def broken_inside(data, part, content):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "damage"),
    [
        ("ods", lambda data: data[: len(data) // 2]),
        ("xlsx", lambda data: data[: len(data) // 2]),
        ("xlsx", lambda data: broken_inside(data, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='1'><c")),
        ("xlsx", lambda data: broken_inside(data, "xl/workbook.xml", b"pas du xml")),
    ],
)
def test_a_damaged_workbook_is_refused_with_a_sentence(kind, damage):
    with pytest.raises(Refusal) as refused:
        read_table(damage(workbook(["a", "b"], ["1", "2"])), kind)
    assert refused.value.problems[0].code in {"file-broken", "xml-broken"}


# --- what the command prints


def test_the_description_is_the_object_of_the_command_read():
    path = RECEIVABLES / "lettrage_b2b" / "paiements.csv"
    found = describe(intake(path.name, path.read_bytes()))
    assert found == {
        "format": "csv",
        "encoding": "utf-8",
        "separator": ";",
        "sheets": [
            {
                "name": "",
                "kind": "payments",
                "rows": 4,
                "columns": ["paiement_id", "client_id", "montant_paye"],
                "mapping": {"paiement_id": "reference", "client_id": "debtor_ref", "montant_paye": "amount"},
                "header_line": 1,
            }
        ],
        "problems": [],
        "notices": [],
    }
    assert json.loads(json.dumps(found)) == found


def test_the_description_renders_its_sentences_in_the_reader_language():
    found = describe(intake("a.csv", b"nom;ville\nMartin\n"), render=lambda message: f"<{message.msgid}>")
    (problem,) = found["problems"]
    assert problem["where"] == "line 2"
    assert problem["reason"].startswith("<")


# --- samples of others


def test_the_open_invoices_sample_reads_as_its_authors_count_it():
    expected = json.loads((RECEIVABLES / "expected.json").read_text("utf-8"))["accountr_open_invoices_500.csv"]
    found = sample(RECEIVABLES / "accountr_open_invoices_500.csv").sheets[0]
    assert len(found.rows) == expected["rows"]
    assert len(set(column(found, "company name"))) == expected["companies"]
    totals = Counter()
    for currency, amount in zip(column(found, "currency"), column(found, "amount"), strict=True):
        totals[currency] += read_amount(amount)
    assert {k: f"{Decimal(v) / 100:.2f}" for k, v in sorted(totals.items())} == expected["by_currency"]
    due = sorted(read_date(text).isoformat() for text in column(found, "due date"))
    assert (due[0], due[-1]) == (expected["first_due"], expected["last_due"])
    assert len(found.rows) - len(set(column(found, "invoice no"))) == expected["duplicate_invoice_numbers"]


def test_the_open_invoices_sample_enters_in_euros_and_ages_as_its_authors_say():
    expected = json.loads((RECEIVABLES / "expected.json").read_text("utf-8"))["accountr_open_invoices_500.csv"]
    found = sample(RECEIVABLES / "accountr_open_invoices_500.csv").sheets[0]
    checked = check(found.rows, guess_sheet(found).mapping, Options(), dt.date(2026, 6, 30), found.lines)
    assert f"{Decimal(sum(line.amount for line in checked.lines)) / 100:.2f}" == expected["by_currency"]["EUR"]
    assert {p.code for p in checked.problems} == {"currency-unknown"}
    ages = {"not_due": [0, 0], "1-30": [0, 0], "31-60": [0, 0], "61-90": [0, 0]}
    for line in checked.lines:
        late = (dt.date(2022, 8, 31) - line.due_on).days
        bucket = ages["not_due" if late <= 0 else "1-30" if late <= 30 else "31-60" if late <= 60 else "61-90"]
        bucket[0], bucket[1] = bucket[0] + 1, bucket[1] + line.amount
    assert {k: [n, f"{Decimal(v) / 100:.2f}"] for k, (n, v) in ages.items()} == expected[
        "ageing_at_2022-08-31_by_currency"
    ]["EUR"]


def test_the_canadian_ageing_reads_with_its_mark_and_its_accents():
    expected = json.loads((RECEIVABLES / "expected.json").read_text("utf-8"))["canada_aging_of_taxes_receivable.csv"]
    table = sample(RECEIVABLES / "canada_aging_of_taxes_receivable.csv")
    found = table.sheets[0]
    assert (table.encoding, table.separator) == ("utf-8", ",")
    assert len(found.rows) == expected["rows"]
    assert list(found.header[:6]) == expected["columns"]
    labels = [
        f"{a} | {b}"
        for a, b in zip(column(found, "Category_Categorie_eng"), column(found, "Section-lvl2_niv2_eng"), strict=True)
    ]
    assert labels == expected["labels"]
    shown = {}
    for row in found.rows:
        name = " | ".join(row[at] or "nan" for at in (0, 2, 4))
        shown[name] = f"{int(row[-1])}.0" if row[-1] else "nan"
    assert shown == expected["2024/2025"]


def test_the_lettering_exercise_gives_the_balances_of_its_solution():
    folder = RECEIVABLES / "lettrage_b2b"
    invoices, payments = sample(folder / "factures.csv"), sample(folder / "paiements.csv")
    assert (invoices.separator, payments.separator) == ("\t", ";")
    owed, paid = Counter(), Counter()
    checked = check(invoices.sheets[0].rows, guess_sheet(invoices.sheets[0]).mapping, Options(), dt.date(2026, 6, 30))
    assert checked.problems == []
    for line in checked.lines:
        owed[line.debtor_name] += line.amount
    found = guess_sheet(payments.sheets[0])
    places = {name: at for at, name in found.mapping.items()}
    for row in payments.sheets[0].rows:
        paid[row[places["debtor_ref"]]] += read_amount(row[places["amount"]])
    solution = sample(folder / "balance_client_attendue.csv").sheets[0]
    for client, total, _, settled, left, _ in solution.rows:
        assert (owed[client], paid[client], owed[client] - paid[client]) == (
            int(total) * 100,
            int(settled) * 100,
            int(left) * 100,
        )


def day(text):
    return dt.date.fromisoformat(text[:10])


@pytest.mark.parametrize("name", ["Debit", "DebitCorrompu"])
def test_the_urssaf_debts_read_as_their_authors_expect(name):
    path = SPREADSHEETS / "urssaf"
    expected = json.loads((path / f"expected{name}.json").read_text("utf-8"))["tuples"]
    found = sample(path / f"{name[0].lower()}{name[1:]}TestData.csv").sheets[0]
    read = zip(
        *(column(found, c) for c in ("num_cpte", "Num_Ecn", "Dt_trt_ecn", "Mt_PO", "Mt_PP", "Dt_immat")), strict=True
    )
    assert [
        (
            account,
            number,
            read_date(treated, "urssaf"),
            read_amount(worker, "cents"),
            read_amount(employer, "cents"),
            read_date(born).year > 1998,
        )
        for account, number, treated, worker, employer, born in read
    ] == [
        (
            t["numero_compte"],
            t["numero_ecart_negatif"],
            day(t["date_traitement"]),
            round(t["part_ouvriere"] * 100),
            round(t["part_patronale"] * 100),
            True,
        )
        for t in expected
    ]


def test_the_corrupted_urssaf_lines_are_those_that_their_authors_reject():
    # expectedDebitCorrompu.json: "record on line 3: wrong number of fields", "parse error on line 5"
    found = sample(SPREADSHEETS / "urssaf" / "debitCorrompuTestData.csv").sheets[0]
    assert [p.line for p in found.faults] == [3, 5]
    assert list(found.lines) == [2, 4, 6]


def test_the_urssaf_plans_read_as_their_authors_expect():
    expected = json.loads((SPREADSHEETS / "urssaf" / "expectedDelai.json").read_text("utf-8"))["tuples"]
    found = sample(SPREADSHEETS / "urssaf" / "delaiTestData.csv").sheets[0]
    names = (
        "Numero_compte_externe",
        "Date_creation",
        "Date_echeance",
        "Denomination_premiere_ligne",
        "Montant_global_echeancier",
    )
    read = zip(*(column(found, n) for n in names), strict=True)
    assert [(a, read_date(b), read_date(c), d, read_amount(e)) for a, b, c, d, e in read] == [
        (
            t["numero_compte"],
            day(t["date_creation"]),
            day(t["date_echeance"]),
            t["denomination"],
            round(t["montant_echeancier"] * 100),
        )
        for t in expected
    ]


def test_the_urssaf_stages_read_as_their_authors_expect():
    expected = json.loads((SPREADSHEETS / "urssaf" / "expectedCcsf.json").read_text("utf-8"))["tuples"]
    found = sample(SPREADSHEETS / "urssaf" / "ccsfTestData.csv").sheets[0]
    days = [read_date(text, "urssaf") for text in column(found, "Date_de_traitement")]
    assert list(zip(days, column(found, "Code_externe_stade"), strict=True)) == [
        (day(t["date_traitement"]), t["stade"]) for t in expected
    ]


def test_the_sirene_lines_read_with_their_invalid_date_as_text():
    expected = json.loads((IDENTITY / "sirene" / "expectedSireneUL.json").read_text("utf-8"))["tuples"]
    found = sample(IDENTITY / "sirene" / "sireneULTestData.csv").sheets[0]
    kept = [row for row, purged in zip(found.rows, column(found, "unitePurgeeUniteLegale"), strict=True) if not purged]
    assert [row[0] for row in kept] == [t["siren"] for t in expected]
    assert "invalid_date" in column(found, "dateCreationUniteLegale")
