"""The creditor's side of a case and of a creditor's page: one gesture a test, checked in the store."""

import datetime as dt
from dataclasses import replace

from core.services import cases, creditor_contacts, dispute_papers, disputes, holds, promise_follow, promises, questions
from core.services.creditor_contacts import ContactEntry
from core.services.disputes import DisputeEntry
from core.services.holds import HoldEntry
from core.services.promises import PromiseEntry
from core.services.questions import Asked, QuestionEntry
from tests.pages.reading import said, whole
from tests.pages.test_case_page import form_key
from tests.services.factory import a_case, a_creditor, a_debt


def asked(ctx, case_id):
    about = Asked(case_id, "payment")
    found = questions.draft(ctx, about)
    return questions.ask(ctx, QuestionEntry(about, found.words.subject, found.words.text, found.due_on, "hand"), "q")


def test_a_question_is_asked_from_the_case_and_stands_at_its_top(ctx, app):
    case_id = a_case(ctx, a_debt("F-1", 30000))
    page = whole(app("case", id=str(case_id)).run())
    page.selectbox(key=form_key(page, "q_kind_")).set_value("documents")
    whole(page.run())
    next(one for one in page.radio if (one.key or "").startswith("q_by_")).set_value("hand")
    whole(page.button(key="question_save").click().run())
    (found,) = questions.of_case(ctx, case_id)
    assert (found.kind, found.sent_by, found.due_on) == ("documents", "hand", "2026-11-30")
    top = [text for text in said(page) if "en attente du créancier" in text and "30/11/2026" in text]
    assert top


def test_a_question_without_its_reference_keeps_what_was_typed(ctx, app):
    case_id = a_case(ctx)
    page = whole(app("case", id=str(case_id)).run())
    subject = form_key(page, "q_subject_")
    page.text_input(key=subject).set_value("Votre client")
    whole(page.button(key="question_save").click().run())
    assert "Objet" in page.error[0].value
    assert page.text_input(key=subject).value == "Votre client"
    assert questions.of_case(ctx, case_id) == ()


def test_the_answer_typed_is_filed_and_the_question_closed(ctx, app):
    case_id = a_case(ctx)
    number = asked(ctx, case_id)
    page = whole(app("case", id=str(case_id)).run())
    page.text_area(key=f"q_words_{number}").set_value("Rien **reçu**")
    whole(page.button(key=f"q_answer_do_{number}").click().run())
    assert questions.of_case(ctx, case_id)[0].answer == "Rien **reçu**"
    assert any("1 question close" in part.label for part in page.expander)


def test_a_document_of_a_dispute_is_ticked_off(ctx, app):
    case_id = a_case(ctx)
    entry = DisputeEntry(case_id, None, None, "defective", "Cassé", documents=("order",))
    dispute = disputes.open_dispute(ctx, entry, "t")
    (paper,) = dispute_papers.papers_of(ctx, dispute)
    page = whole(app("case", id=str(case_id)).run())
    assert any("Commande ou devis signé" in text and "demandée le 23/11/2026" in text for text in said(page))
    whole(page.button(key=f"paper_do_{paper.id}").click().run())
    assert dispute_papers.papers_of(ctx, dispute)[0].received_on == "2026-11-23"
    assert any("reçue le 23/11/2026" in text for text in said(page))


def test_a_stop_shows_its_article_owner_and_missing_evidence_and_is_reviewed(ctx, app):
    case_id = a_case(ctx)
    holds.open_hold(ctx, HoldEntry(case_id, None, "insolvency", "Jugement du 12", None), "h")
    (hold,) = cases.case_file(ctx, case_id).holds
    page = whole(app("case", id=str(case_id)).run())
    plain = " ".join(text.replace("\\", "") for text in said(page))
    for words in (
        "L. 622-21",
        "Jugement du 12",
        f"suivi par {ctx.user.name}",
        "Justificatif à joindre : jugement d'ouverture",
    ):
        assert words in plain
    page.text_input(key=f"review_reason_{hold.id}").set_value("Procédure en cours")
    whole(page.button(key=f"review_do_{hold.id}").click().run())
    assert cases.case_file(ctx, case_id).holds[0].row_version == hold.row_version + 1


def test_a_broken_promise_is_announced_at_the_top(ctx, app):
    case_id = a_case(ctx, a_debt("F-1", 30000))
    early = replace(ctx, today=dt.date(2026, 11, 9))
    promises.record_promise(early, PromiseEntry(case_id, 12000, dt.date(2026, 11, 13)), "p")
    promise_follow.follow(ctx)
    page = whole(app("case", id=str(case_id)).run())
    assert any("heart_broken" in text and "13/11/2026" in text for text in said(page))


def test_a_contact_is_added_and_its_open_questions_stand_on_the_creditor_s_page(ctx, app):
    creditor = a_creditor(ctx)
    case_id = a_case(ctx, creditor=creditor)
    asked(ctx, case_id)
    page = whole(app("creditors", id=str(creditor)).run())
    form = f"contact_of_{creditor}_0"
    page.text_input(key=f"{form}_name").set_value("Inès Caron")
    page.text_input(key=f"{form}_email").set_value("ines@example.org")
    whole(page.button(key=f"{form}_save").click().run())
    (found,) = creditor_contacts.contacts_of(ctx, creditor)
    assert (found.name, found.email) == ("Inès Caron", "ines@example.org")
    assert any("en attente du créancier" in text for text in said(page))
    creditor_contacts.save_contact(ctx, creditor, ContactEntry("legal", "Me Roux", "roux@example.org"))
    assert any("Roux" in text for text in said(whole(app("creditors", id=str(creditor)).run())))
