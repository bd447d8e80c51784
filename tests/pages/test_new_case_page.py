"""A case typed by hand, as a page: what is refused keeps what was typed, what is accepted is one case."""

import pytest

from core.i18n import texts
from core.services import cases
from tests.pages.reading import whole
from tests.services.factory import a_case, a_creditor

FR = texts("fr")


def typed(page, **values):
    """The form filled: the name of a field is the start of its key."""
    for name, value in values.items():
        (field,) = [w for kind in (page.text_input, page.text_area) for w in kind if w.key.startswith(f"{name}_")]
        field.set_value(value)
    return page


def of_kind(page, kind):
    (key,) = [w.key for w in page.segmented_control if w.key.startswith("kind_")]
    page.segmented_control(key=key).set_value(kind).run()
    return whole(page)


def test_without_a_creditor_the_page_says_to_add_one(ctx, app):
    page = whole(app("new_case").run())
    assert page.info.len == 1
    assert not [w for w in page.button if w.key == "place"]


def test_a_case_typed_is_a_case(ctx, app):
    creditor = a_creditor(ctx)
    page = whole(app("new_case").run())
    typed(
        page,
        name="Lefèvre",
        first="Élodie",
        postcode="69003",
        city="Lyon",
        phone="06 12 34 56 78",
        ref_1="F-1",
        amount_1="1 234,56",
    )
    whole(page.button(key="place").click().run())
    (row,) = cases.search(ctx, "lefevre elodie")
    file = cases.case_file(ctx, row.case_id)
    assert (file.head.balance, file.head.creditor_id, file.debts[0].ref) == (123456, creditor, "F-1")
    assert {p.value for p in file.contact_points if p.kind == "phone"} == {"+33612345678"}


def test_a_wrong_siren_is_named_and_what_was_typed_stays(ctx, app):
    a_creditor(ctx)
    page = of_kind(app("new_case").run(), "business")
    typed(page, name="Garage de l'Étoile", siren="123 456 789", ref_1="F-1", amount_1="100")
    whole(page.button(key="place").click().run())
    assert any(FR("SIREN") in error.value for error in page.error)
    assert {w.value for w in page.text_input} >= {"Garage de l'Étoile", "123 456 789", "F-1", "100"}
    assert cases.search(ctx, "garage") == ()


@pytest.mark.parametrize("amount", ["1.234", "12,345", "abc", "1e5", "-5"])
def test_an_amount_that_could_be_read_two_ways_is_refused_on_its_field(ctx, app, amount):
    a_creditor(ctx)
    page = whole(app("new_case").run())
    typed(page, name="Lefèvre", ref_1="F-1", amount_1=amount)
    whole(page.button(key="place").click().run())
    assert FR("Amount") in page.error[0].value
    assert cases.search(ctx, "lefevre") == ()


def test_several_debts_enter_one_case(ctx, app):
    a_creditor(ctx)
    page = whole(app("new_case").run())
    (more,) = [w.key for w in page.button if w.key.startswith("more_")]
    page.button(key=more).click().run()
    typed(page, name="Lefèvre", ref_1="F-1", amount_1="10", ref_2="F-2", amount_2="20,50")
    whole(page.button(key="place").click().run())
    (row,) = cases.search(ctx, "lefevre")
    assert sorted((d.ref, d.outstanding) for d in cases.case_file(ctx, row.case_id).debts) == [
        ("F-1", 1000),
        ("F-2", 2050),
    ]


def test_the_same_person_is_proposed_and_joined_only_when_chosen(ctx, app):
    creditor = a_creditor(ctx)
    known = a_case(ctx, creditor=creditor, name="Lefèvre", first_name="Élodie", phone="0612345678")
    page = whole(app("new_case").run())
    typed(page, name="Lefevre", first="Elodie", phone="06 12 34 56 78", ref_1="F-77", amount_1="10")
    whole(page.run())
    (same,) = [w for w in page.radio if w.key.startswith("same_")]
    assert same.value is None
    same.set_value(cases.case_file(ctx, known).head.debtor_id).run()
    whole(page.button(key="place").click().run())
    assert {d.ref for d in cases.case_file(ctx, known).debts} >= {"F-77"}
