"""The settings page: the agency file with what is missing, one's name, the proof, the backup."""

import datetime as dt
import sqlite3
import struct
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

from core.i18n import texts
from core.services import access, agency, cases, contact_policy, demo
from core.services.agency import AgencyFile
from core.ui import agency_form
from tests.pages.reading import said, whole
from tests.services.factory import a_case

T = texts("fr")
TYPED = {
    "name": "Cabinet Léa", "postcode": "69003", "city": "Lyon", "signatory": "Léa Martin", "insurer": "Assureur SA", "insurance_policy": "4512-88",
    "client_account_iban": "FR76 3000 6000 0112 3456 7890 189", "client_account_bank": "Banque des Alpes", "prosecutor": "Lyon",
}  # fmt: skip


def png() -> bytes:
    """One white pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00\xff\xff\xff")) + chunk(b"IEND", b"")


def fill(page, **more: str):
    for name, value in {**TYPED, **more}.items():
        page.text_input(key=f"agency_0_{name}").set_value(value)
    page.text_area(key="agency_0_address").set_value("1 rue Neuve")
    page.date_input(key="agency_0_insurance_until").set_value(dt.date(2027, 12, 31))
    page.date_input(key="agency_0_prosecutor_declared_on").set_value(dt.date(2024, 2, 3))
    return page


def test_a_new_agency_reads_what_it_lacks_with_the_articles(ctx, app):
    warning = whole(app("settings").run()).warning[0].value
    assert warning.count("\n- ") == 7
    assert warning.count("R\\. 124\\-2") == 4


def test_the_whole_file_is_saved_and_nothing_is_missing(ctx, app):
    page = fill(app("settings").run())
    page.button(key="agency_0_save").click().run()
    whole(page)
    view = agency.agency_file(ctx)
    assert (view.missing, view.file.client_account_iban) == ((), "FR7630006000011234567890189")
    assert (view.file.insurance_until, view.file.address) == ("2027-12-31", "1 rue Neuve")
    assert page.warning.len == 0
    assert page.text_input(key="agency_1_name").value == "Cabinet Léa"


def test_wrong_fields_are_named_and_the_others_stay_typed(ctx, app):
    page = fill(app("settings").run(), siren="12", client_account_iban="FR76 1")
    page.button(key="agency_0_save").click().run()
    labels = agency_form.labels(T)
    assert [error.value.split("**")[1] for error in whole(page).error] == [
        labels["siren"],
        labels["client_account_iban"],
    ]
    assert page.text_input(key="agency_0_insurer").value == "Assureur SA"
    assert agency.agency_file(ctx).file == AgencyFile()


def test_an_insurance_that_ended_is_told_with_its_day(ctx, app):
    agency.save_agency_file(ctx, AgencyFile(insurer="A", insurance_policy="1", insurance_until="2026-11-22"), 0)
    assert "22/11/2026" in whole(app("settings").run()).warning[0].value


def test_a_logo_is_kept_shown_and_taken_off(ctx, app):
    page = app("settings").run()
    page.file_uploader(key="agency_0_logo").upload("logo.png", png(), "image/png")
    page.button(key="agency_0_save").click().run()
    assert whole(page).get("image") or page.get("imgs")
    assert agency.agency_file(ctx).file.logo != ""
    page.checkbox(key="agency_1_without_logo").check()
    page.button(key="agency_1_save").click().run()
    assert agency.agency_file(ctx).file.logo == ""


def test_a_logo_that_is_no_picture_is_refused_on_its_field(ctx, app):
    page = app("settings").run()
    page.file_uploader(key="agency_0_logo").upload("logo.png", b"GIF89a", "image/png")
    page.button(key="agency_0_save").click().run()
    assert "Logo" in whole(page).error[0].value


def test_one_s_name_is_changed_in_the_journal_too(ctx, app, sid):
    page = app("settings").run()
    page.text_input(key="my_name_typed").set_value("  Léa   Durand ")
    page.button(key="my_name_save").click().run()
    whole(page)
    assert access.resolve(sid).user.name == "Léa Durand"


def test_an_empty_name_is_refused(ctx, app, sid):
    page = app("settings").run()
    page.text_input(key="my_name_typed").set_value(" ")
    page.button(key="my_name_save").click().run()
    assert whole(page).error.len == 1
    assert access.resolve(sid).user.name == "Léa Martin"


def test_a_store_in_order_holds_and_client_money_is_not_kept_yet(ctx, app):
    a_case(ctx)
    page = app("settings").run()
    page.button(key="verify").click().run()
    lines = [part.value for part in whole(page).markdown]
    assert sum(line.startswith(":green[:material/check_circle: ") for line in lines) == 3
    assert sum(line.startswith(":gray[:material/schedule:") for line in lines) == 1
    assert page.error.len == 0


def test_a_store_altered_past_the_program_is_told_in_red(ctx, app):
    a_case(ctx)
    with closing(sqlite3.connect(ctx.store.path)) as conn:
        conn.execute("UPDATE case_summaries SET balance = 1")
        conn.commit()
    page = app("settings").run()
    page.button(key="verify").click().run()
    assert whole(page).error.len == 1
    assert sum(part.value.startswith(":red[:material/cancel:") for part in page.markdown) == 1


def test_a_backup_goes_into_the_folder_that_is_typed(ctx, app, tmp_path: Path):
    page = app("settings").run()
    page.text_input(key="backup_folder").set_value(str(tmp_path / "disk"))
    page.button(key="backup_now").click().run()
    whole(page)
    written = list((tmp_path / "disk").iterdir())
    assert len(written) == 1
    assert zipfile.is_zipfile(written[0])
    assert any("disk" in part.value for part in page.success)


def test_a_backup_into_a_place_that_cannot_be_is_a_sentence(ctx, app, tmp_path: Path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    page = app("settings").run()
    page.text_input(key="backup_folder").set_value(str(tmp_path / "file" / "deeper"))
    page.button(key="backup_now").click().run()
    assert whole(page).error.len == 1
    assert page.text_input(key="backup_folder").value.endswith("deeper")


def test_the_place_of_the_data_and_the_day_are_said(ctx, app):
    page = whole(app("settings").run())
    assert any("23/11/2026" in text for text in said(page))
    assert any(ctx.store.path.parent.name in text for text in said(page))
    assert "placement_workbook" in [button.key for button in page.get("download_button")]


def test_a_collector_may_change_their_name_and_nothing_of_the_house(ctx, app):
    with ctx.write() as unit:
        unit.run("UPDATE users SET role = 'collector' WHERE id = ?", (ctx.user.id,))
        unit.audit("user.role", "user", ctx.user.id)
    page = whole(app("settings").run())
    disabled = {key: page.button(key=key).disabled for key in ("agency_0_save", "my_name_save", "verify", "backup_now")}
    assert disabled == {"agency_0_save": True, "my_name_save": False, "verify": True, "backup_now": True}


def test_the_demonstration_can_be_reset_after_a_question_and_the_agency_cannot(demo_ctx, app, monkeypatch):
    monkeypatch.setattr(demo, "_play", lambda doings, told: [do() for _, _, do in doings[:9]])
    at = app("settings").run()
    assert not at.exception
    at.button(key="reset_demo").click().run()
    assert not at.exception
    assert cases.queue(demo_ctx, "closed").total == 0
    access.choose_space(demo_ctx, "agency")
    access.introduce(access.resolve(at.user["sid"]), "Léa Martin")
    assert not [button for button in app("settings").run().button if button.key == "reset_demo"]


def test_the_demonstration_opens_from_the_settings_of_an_agency_at_work(ctx, app, monkeypatch):
    monkeypatch.setattr(demo, "_play", lambda doings, told: [do() for _, _, do in doings[:9]])
    a_case(ctx)
    at = whole(app("settings").run())
    at.button(key="open_demo").click().run()
    assert not at.exception
    assert access.resolve(at.user["sid"]).space == "demo"
    assert cases.queue(ctx, "all").total == 1


def test_the_contact_policy_says_that_no_statute_sets_it_and_is_saved_by_versions(ctx, app):
    page = whole(app("settings").run())
    assert any("Aucun texte ne fixe d" in text for text in said(page))
    page.text_input(key="contact_policy_0_saturday").set_value("x")
    page = whole(page.button(key="contact_policy_0_save").click().run())
    assert any("Samedi" in error.value for error in page.error)
    page.text_input(key="contact_policy_0_saturday").set_value("")
    page.number_input(key="contact_policy_0_attempts_per_day").set_value(2)
    whole(page.button(key="contact_policy_0_save").click().run())
    view = contact_policy.policy(ctx)
    assert (view.version, view.policy.saturday, view.policy.attempts_per_day) == (1, (), 2)
