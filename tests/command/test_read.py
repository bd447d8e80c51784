"""The command `read`: the JSON object of a ledger and of an invoice, and refusals that keep what could be read."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from core.command.read import read_file
from core.exchange.intake import FILE_MAX
from core.i18n import texts

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
LEDGERS = json.loads((SAMPLES / "fec" / "expected.json").read_text(encoding="utf-8"))
INVOICES = json.loads((SAMPLES / "einvoices" / "expected.json").read_text(encoding="utf-8"))


def read(path: Path, encoding: str = "", lang: str = "en"):
    answer = read_file(path, encoding, texts(lang))
    assert json.loads(json.dumps(answer)) == answer  # nothing but what JSON can say
    for problem in answer["problems"]:
        assert set(problem) == {"where", "field", "value", "reason", "remedy"}
    return answer


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", LEDGERS)
def test_a_ledger_prints_the_fields_of_the_contract(name):
    answer, wanted = read(SAMPLES / "fec" / name), LEDGERS[name]
    customers = wanted["acc411"]
    items = answer.pop("items")
    in_credit = answer["customer"].pop("in_credit")
    assert answer == {
        "format": "fec",
        "encoding": wanted["encoding"],
        "problems": [],
        "separator": {"TAB": "\t"}.get(wanted["delimiter"], wanted["delimiter"]),
        "lines": wanted["data_lines"],
        "debit": wanted["total_debit"],
        "credit": wanted["total_credit"],
        "balanced": wanted["balanced"],
        "customer": {
            "lines": customers["lines"],
            "accounts": customers["accounts"],
            "debit": customers["debit"],
            "credit": customers["credit"],
            "balance": customers["balance"],
            "unlettered_lines": customers["unlettered_lines"],
            "unlettered_balance": customers["unlettered_balance"],
            "letterings_not_balanced": customers["lettering_groups_not_zero"],
        },
    }
    # what customers owe, less what is owed to some, is the balance
    owed = sum(Decimal(item["amount"]) for item in items)
    assert owed + sum(Decimal(one["balance"]) for one in in_credit) == Decimal(customers["balance"])
    assert len(in_credit) == customers["accounts_with_credit_balance"]
    assert {"account", "sub_account", "name", "date", "reference", "amount"} <= set(items[0])


def test_an_open_item_is_printed_with_its_customer():
    # 41101050 owes one invoice of 6439.94, dated 9 May 2023, under the name the ledger gives
    items = read(SAMPLES / "fec" / "fecreader_111111111FEC20221231.TXT")["items"]
    (item,) = [one for one in items if one["sub_account"] == "41101050"]
    assert (item["account"], item["date"], item["reference"], item["amount"]) == (
        "41100000",
        "2023-05-09",
        "VE  0523",
        "6439.94",
    )


@pytest.mark.parametrize("name", INVOICES)
def test_an_invoice_prints_the_fields_of_the_contract(name):
    answer, wanted = read(SAMPLES / "einvoices" / name), INVOICES[name]
    assert answer["format"] == (
        "facturx" if name.endswith(".pdf") else "ubl" if wanted["syntax"] == "Invoice" else "cii"
    )
    assert (answer["encoding"], answer["problems"]) == ("utf-8", [])
    for key in ("number", "type", "currency"):
        assert answer[key] == wanted[key]
    for key in ("issue_date", "due_date"):
        digits = wanted.get(key, "").replace("-", "")
        assert answer[key] == (f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if digits else None)
    for key in ("total", "prepaid", "payable"):
        assert answer[key] == (f"{Decimal(wanted[key]):.2f}" if key in wanted else None)
    buyer = {key: wanted.get(f"buyer_{key}") for key in ("legal_id", "vat", "country")}
    assert answer["buyer"] == {"name": wanted["buyer"], **buyer}
    seller = {key: wanted.get(f"seller_{key}") for key in ("legal_id", "country")}
    assert {key: value for key, value in answer["seller"].items() if key != "vat"} == {
        "name": wanted["seller"],
        **seller,
    }
    # expected.json takes the German tax number of three UBL sellers for a VAT number; their CII twins name the right one
    assert answer["seller"]["vat"] == wanted["seller_vat"].replace("201/113/40209", "DE123456789")


def test_a_chosen_encoding_is_the_one_printed():
    answer = read(SAMPLES / "fec" / "fecreader_111111111FEC20221231.TXT", "cp1252")
    assert (answer["encoding"], answer["balanced"]) == ("cp1252", True)


def test_an_encoding_that_is_not_read_is_refused():
    answer = read(SAMPLES / "fec" / "fecreader_111111111FEC20221231.TXT", "klingon")
    assert (answer["format"], answer["problems"][0]["field"], answer["problems"][0]["value"]) == (
        "fec",
        "encoding",
        "klingon",
    )


def test_an_unbalanced_ledger_is_refused_and_its_figures_stay(tmp_path):
    data = (SAMPLES / "fec" / "fecreader_111111111FEC20221231.TXT").read_bytes()
    answer = read(
        written(tmp_path, "cut.txt", data[: data.rindex(b"\n", 0, -1) + 1])
    )  # the last line is lost: 3089.00 of debit
    assert answer["balanced"] is False
    assert (answer["lines"], answer["encoding"], len(answer["items"])) == (933, "cp850", 28)
    assert (answer["problems"][0]["field"], answer["problems"][0]["value"]) == ("Debit", "-3089.00")
    assert answer["problems"][0]["remedy"]


def test_an_invoice_without_its_number_keeps_its_other_fields(tmp_path):
    data = (SAMPLES / "einvoices" / "mustang" / "facturFrMinimum.xml").read_bytes()
    answer = read(written(tmp_path, "a.xml", data.replace(b"<ram:ID>FA-2017-0010</ram:ID>", b"")))
    assert (answer["number"], answer["payable"], answer["problems"][0]["field"]) == (None, "470.15", "number")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><Invoice>&b;</Invoice>'),
        ("a.pdf", b"%PDF-1.7\n"),
        ("a.xlsx", b"%PDF-1.7\n"),
        ("a.csv", b""),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.sta", b":20:STARTUMSE\n:25:12345678/1\n:28C:1/1\n"),
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_file_that_cannot_be_read_is_refused_with_a_remedy(tmp_path, name, data, lang):
    answer = read(written(tmp_path, name, data), lang=lang)
    assert answer["format"] is None
    assert answer["problems"][0]["reason"]
    assert answer["problems"][0]["remedy"]


def test_a_bank_statement_is_not_read_yet(tmp_path):
    data = b"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'/>"
    answer = read(written(tmp_path, "releve.xml", data))
    assert "not read yet" in answer["problems"][0]["reason"]


def test_a_file_too_large_is_weighed_and_never_loaded(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(FILE_MAX * 4)  # a hole of 200 MB takes no room on the disk
    assert "200 MB" in read(path)["problems"][0]["reason"]


@pytest.mark.parametrize("name", ["absent.csv", ""])
def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path, name):
    assert read(tmp_path / name)["problems"][0]["field"] == "file"


def test_the_problems_of_a_table_are_told_in_the_reader_s_language():
    sample = Path(__file__).resolve().parents[1] / "samples" / "spreadsheets" / "urssaf" / "debitCorrompuTestData.csv"
    reasons = [p["reason"] for p in read_file(sample, "", texts("fr"))["problems"]]
    assert reasons
    assert not [reason for reason in reasons if "This line" in reason]
