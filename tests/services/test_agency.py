"""The agency file of R.124-2: what is missing and from which day, what is refused, the logo."""

import base64
import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import agency
from core.services.agency import AgencyFile
from core.services.context import Ctx

WHOLE = AgencyFile(
    name="Cabinet Léa", address="1 rue Neuve", postcode="69003", city="Lyon", signatory="Léa Martin", insurer="Assureur SA",
    insurance_policy="4512-88", insurance_until="2026-11-23", client_account_iban="FR7630006000011234567890189", prosecutor="Lyon",
    prosecutor_declared_on="2024-02-03",
)  # fmt: skip
D = dt.date


def test_a_whole_file_lacks_nothing():
    assert agency.missing_items(WHOLE, D(2026, 11, 22)) == ()


@pytest.mark.parametrize(
    ("without", "article"),
    [
        ("name", "R. 124-4 1°"), ("address", "R. 124-4 1°"), ("postcode", "R. 124-4 1°"), ("city", "R. 124-4 1°"), ("insurer", "R. 124-2 1°"),
        ("insurance_policy", "R. 124-2 1°"), ("insurance_until", "R. 124-2 1°"), ("client_account_iban", "R. 124-2 2°"), ("prosecutor", "R. 124-2 3°"),
        ("prosecutor_declared_on", "R. 124-2 3°"),
    ],
)  # fmt: skip
def test_each_lacking_fact_is_told_with_its_article(without: str, article: str):
    found = agency.missing_items(replace(WHOLE, **{without: ""}), D(2026, 11, 22))
    assert len(found) == 1
    assert article in found[0].msgid


@pytest.mark.parametrize(("today", "lacks"), [(D(2026, 11, 22), 0), (D(2026, 11, 23), 0), (D(2026, 11, 24), 1)])
def test_the_insurance_counts_to_its_last_day(today: dt.date, lacks: int):
    assert len(agency.missing_items(WHOLE, today)) == lacks


def test_what_is_saved_comes_back_in_its_normal_form(ctx: Ctx):
    agency.save_agency_file(
        ctx,
        replace(
            WHOLE, siren="732 829 320", client_account_iban="FR76 3000 6000 0112 3456 7890 189", name="  Cabinet Léa "
        ),
        0,
    )
    view = agency.agency_file(ctx)
    assert (view.file.siren, view.file.client_account_iban, view.file.name) == (
        "732829320",
        "FR7630006000011234567890189",
        "Cabinet Léa",
    )
    assert (view.missing, view.row_version) == ((), 1)


def test_all_wrong_fields_are_told_at_once_and_nothing_is_kept(ctx: Ctx):
    wrong = replace(
        WHOLE,
        siren="12",
        email="zz",
        client_account_iban="FR76",
        insurance_until="demain",
        prosecutor_declared_on="2026-11-24",
    )
    with pytest.raises(Refusal) as refused:
        agency.save_agency_file(ctx, wrong, 0)
    assert {p.field for p in refused.value.problems} == {
        "siren",
        "email",
        "client_account_iban",
        "insurance_until",
        "prosecutor_declared_on",
    }
    assert agency.agency_file(ctx).file == AgencyFile()


def test_a_declaration_of_today_is_taken(ctx: Ctx):
    agency.save_agency_file(ctx, replace(WHOLE, prosecutor_declared_on=ctx.day), 0)
    assert agency.agency_file(ctx).file.prosecutor_declared_on == ctx.day


def test_the_second_of_two_people_is_told(ctx: Ctx):
    agency.save_agency_file(ctx, WHOLE, 0)
    agency.save_agency_file(ctx, replace(WHOLE, city="Villeurbanne"), 1)
    with pytest.raises(Refusal) as refused:
        agency.save_agency_file(ctx, replace(WHOLE, city="Bron"), 1)
    assert refused.value.problems[0].code == "changed-meanwhile"
    assert agency.agency_file(ctx).file.city == "Villeurbanne"


def test_the_audit_names_the_filled_fields_and_none_of_their_values(ctx: Ctx):
    agency.save_agency_file(ctx, WHOLE, 0)
    with ctx.store.read() as reader:
        details = reader.value("SELECT details FROM audit WHERE action = 'agency.saved'")
    assert "insurer" in details
    assert "Assureur" not in details


@pytest.mark.parametrize("head", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"])
def test_a_logo_is_a_png_or_a_jpeg_of_500_kb_at_most(ctx: Ctx, head: bytes):
    heaviest = head + b"x" * (500_000 - len(head))
    assert base64.b64decode(agency.logo_text(ctx, heaviest)) == heaviest
    for refused in (heaviest + b"x", b"GIF89a"):
        with pytest.raises(Refusal) as refusal:
            agency.logo_text(ctx, refused)
        assert refusal.value.problems[0].field == "logo"
