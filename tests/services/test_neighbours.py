"""Next and previous follow the list one came from: tab, filters, order; and the place of a case does not move while it is worked."""

import datetime as dt

import pytest

from core.services import cases, journal, neighbours
from core.services.cases import Asked
from core.services.placing import DebtEntry
from tests.services.factory import a_call, a_case, a_creditor, a_debt


def listed(ctx, place):
    page = cases.queue(ctx, place)
    return [row.case_id for row in page.rows]


def walked(ctx, first, place):
    found, here = [], first
    while here:
        found.append(here)
        here = neighbours.around(ctx, here, place).after
    return found


@pytest.fixture
def several(ctx):
    port, quay = a_creditor(ctx), a_creditor(ctx, "Quai Nord")
    for number, amount in enumerate((5000, 90000, 20000, 21000, 700)):
        a_case(ctx, a_debt(amount=amount), creditor=port if number % 2 else quay, name=f"Nom{'abcde'[number]}")
    held, planned = a_case(ctx, creditor=port, name="Tenu"), a_case(ctx, creditor=port, name="Plus tard")
    a_call(ctx, held, "CON", reason="Jamais livré")
    journal.set_next_action(ctx, planned, "call_again", dt.date(2026, 12, 20))
    return port


def test_walking_forward_and_back_is_the_list_of_the_queue_for_each_tab_and_filter(ctx, several):
    places = [Asked(tab) for tab in cases.TABS] + [
        Asked("todo", several),
        Asked("all", None, ctx.user.id),
        Asked("all", several),
        Asked("all", age="over_180"),
        Asked("all", state="free", channel="none", least=1000, most=50000),
        Asked("all", several, state="today"),
    ]
    seen = 0
    for place in places:
        rows = listed(ctx, place)
        if rows:
            seen += 1
            assert walked(ctx, rows[0], place) == rows, place
            back = [neighbours.around(ctx, case_id, place).before for case_id in rows]
            assert back == [None, *rows[:-1]], place
    assert seen >= 5


def test_a_case_worked_does_not_send_its_reader_to_the_bottom_of_the_queue(ctx, several):
    first, second, *_ = listed(ctx, Asked())
    opened = neighbours.around(ctx, first, Asked())
    a_call(ctx, first, "NRP")
    assert first not in listed(ctx, Asked())
    assert neighbours.around(ctx, first, Asked(), opened.spot).after == second
    assert neighbours.around(ctx, second, Asked()).before is None


def test_the_time_limits_come_in_the_order_of_their_days_and_an_unknown_case_has_no_neighbours(ctx):
    def invoice(due):
        return DebtEntry(f"V-{due}", "invoice", 10000, dt.date(2021, 11, 1), due)

    old = a_case(ctx, invoice(dt.date(2022, 1, 3)), kind="business", name="Vieux")
    older = a_case(ctx, invoice(dt.date(2021, 12, 27)), kind="business", name="Plus vieux")
    place = Asked("limitation")
    assert listed(ctx, place) == [older, old]
    assert neighbours.around(ctx, older, place).after == old
    assert neighbours.around(ctx, old, place).before == older
    assert neighbours.around(ctx, 999, place).after is None
