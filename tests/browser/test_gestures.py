"""The frequent gestures on a real screen, each with the clicks and keystrokes it takes from the case page; what is typed is not counted.

A keystroke is a key or a chord that commands something; text typed into a field is the work itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import driving
from tests.serving import Server, run_in_home

pytestmark = pytest.mark.browser

MAKE = """
import datetime as dt, json
from core.services import access, placing
from core.services.placing import CaseEntry, DebtEntry
from core.store.home import home
from tests.services.factory import ready_to_write
ctx = access.command_context(home().store("agency"))
owner = ready_to_write(ctx)
found = []
for number in range(1, 14):
    debt = DebtEntry(f"F-{number}", "invoice", 100000 - 1000 * number, dt.date(2026, 1, 1), dt.date(2026, 2, 1))
    entry = CaseEntry(owner, "individual", f"Durand {number}", debts=(debt,), phone=f"06399801{number:02d}",
                      first_letter_ref=f"LR-{number}", first_letter_on=dt.date(2026, 1, 5))
    found.append(placing.place_case(ctx, entry, f"case-{number}"))
print(json.dumps(found))
"""
LOOK = """
import datetime as dt, json
from core.services import access, calls, cases
from core.store.home import home
ctx = access.command_context(home().store("agency"))
file = cases.case_file(ctx, {case})
print(json.dumps({{
    "timeline": [[e.kind, e.channel, e.result_code, e.text or ""] for e in file.timeline],
    "tasks": [[t.kind, t.due_on, t.due_at] for t in file.tasks],
    "promises": [[p.amount, p.due_on] for p in file.promises],
    "holds": [h.kind for h in file.holds],
    "balance": file.head.balance,
    "open": [c.by for c in calls.unrecorded(ctx, dt.date(2026, 11, 23), dt.date(2026, 11, 23)) if c.case_id == {case}],
}}))
"""


class Hands:
    """Counts what the hands do: clicks and command keys."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.count += 1
        self.page.wait_for_timeout(300)
        driving.settled(self.page)

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.count += 1
        self.page.wait_for_timeout(300)
        driving.settled(self.page)

    def fill(self, start: str, text: str) -> None:
        """Type into the field whose key starts so, and leave it."""
        field = self.page.locator(f"[class*='st-key-{start}'] :is(input, textarea)").first
        field.fill(text)
        field.press("Tab")
        driving.settled(self.page)


def a_day(hands: Hands, start: str, digits: str) -> None:
    """Type a day into the parts of a date field and leave it: while the cursor is in one, no chord reaches the screen."""
    hands.page.locator(f"[class*='st-key-{start}'] [role=spinbutton]").first.click()
    hands.page.keyboard.type(digits)
    hands.page.keyboard.press("Escape")
    driving.settled(hands.page)
    inside = f"document.activeElement.closest(\"[class*='st-key-{start}']\") !== null"
    for _ in range(4):  # the rest of the day, the cross, the calendar
        hands.page.keyboard.press("Tab")
        if not hands.page.evaluate(inside):
            break
    driving.settled(hands.page)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory):
    """A server with thirteen cases, one a gesture."""
    from tests.serving import serving

    with serving(tmp_path_factory.mktemp("gestures")) as running:
        yield running, json.loads(run_in_home(running.home, MAKE))


@pytest.fixture
def at(made: tuple[Server, list[int]], page: Page) -> Callable[[int], Hands]:
    """`at(3)`: the fourth case, open on the screen."""
    server, ids = made

    def opened(number: int) -> Hands:
        page.goto(f"{server.url}/case?id={ids[number]}")
        driving.settled(page)
        page.locator(".st-key-key_call button").first.wait_for()
        return Hands(page)

    return opened


def kept(made: tuple[Server, list[int]], number: int) -> dict[str, list]:
    server, ids = made
    found: dict[str, list] = json.loads(run_in_home(server.home, LOOK.format(case=ids[number])))
    return found


def test_an_unanswered_call_is_logged_in_two_keystrokes_and_in_three_with_the_script(made, at):
    hands = at(0)
    hands.press("8")
    hands.press("Control+Enter")
    assert hands.count == 2
    assert kept(made, 0)["timeline"] == [["interaction", "call", "NRP", ""]]
    hands = at(1)
    hands.press("t")
    expect(hands.page.locator(".st-key-script")).to_contain_text("Durand 2")
    hands.press("8")
    hands.press("Control+Enter")
    assert hands.count <= 3
    found = kept(made, 1)
    assert (found["timeline"], found["open"]) == ([["interaction", "call", "NRP", ""]], [])


def test_a_promise_a_note_and_a_callback(made, at):
    hands = at(2)
    hands.press("p")
    hands.fill("amount_", "150,00")
    a_day(hands, "date_", "30112026")
    hands.press("Control+Enter")
    assert hands.count == 2
    assert kept(made, 2)["promises"] == [[15000, "2026-11-30"]]
    hands = at(3)
    hands.press("n")
    hands.fill("note_", "Rappelle vers midi")
    hands.press("Control+Enter")
    assert hands.count == 2
    assert kept(made, 3)["timeline"] == [["interaction", "note", "", "Rappelle vers midi"]]
    hands = at(4)
    hands.press("2")
    a_day(hands, "date_", "25112026")
    hands.fill("hour_", "14h30")
    hands.press("Control+Enter")
    assert hands.count == 2
    assert kept(made, 4)["tasks"] == [["call_back", "2026-11-25", "14:30"]]


def test_a_payment_a_dispute_and_a_stop(made, at):
    hands = at(5)
    hands.press("e")
    hands.fill("amount_", "100")
    hands.page.locator("[class*='st-key-record_'] button").wait_for()  # drawn with the allocation of the amount
    hands.press("Control+Enter")
    assert hands.count == 2
    assert kept(made, 5)["balance"] == 94000 - 10000
    hands = at(6)
    hands.press("d")
    hands.fill("dispute_reason_", "Jamais livré")
    hands.press("Control+Enter")
    assert hands.count == 2
    assert kept(made, 6)["holds"] == ["dispute"]
    hands = at(7)
    hands.press("h")
    hands.fill("hold_reason_", "À la demande du créancier")
    hands.press("Control+Enter")
    assert hands.count == 2
    assert len(kept(made, 7)["holds"]) == 1


def test_the_letter_the_search_and_the_list_of_keys_are_one_keystroke_away(at):
    hands = at(8)
    hands.press("l")
    expect(hands.page.locator(".st-key-letter_panel")).to_be_visible()
    hands.press("?")
    expect(hands.page.get_by_text("Ils ne font rien pendant que vous tapez dans un champ.")).to_be_visible()
    hands.page.keyboard.press("Escape")
    hands.press("/")
    field = hands.page.locator(".st-key-q input")
    expect(field).to_be_focused(timeout=20_000)
    assert hands.count == 3


def test_the_next_and_the_previous_case_follow_the_queue_without_leaving_the_screen(made, page):
    server, _ = made
    page.goto(server.url)
    driving.settled(page)
    hands = Hands(page)
    hands.press("Alt+o")
    first = page.locator("h1").inner_text()
    hands.press("j")
    second = page.locator("h1").inner_text()
    assert second != first
    hands.press("k")
    expect(page.locator("h1")).to_have_text(first)
    assert hands.count == 3


def test_a_letter_typed_in_a_field_commands_nothing_and_survives_another_panel(made, at):
    hands = at(9)
    hands.press("n")
    field = hands.page.locator("[class*='st-key-note_'] textarea").first
    field.click()
    hands.page.keyboard.type("jkp 8 nlt / ?")
    expect(field).to_have_value("jkp 8 nlt / ?")
    hands.page.keyboard.press("Tab")
    driving.settled(hands.page)
    expect(hands.page.locator("h1")).to_have_text("Durand 10")
    hands.click(".st-key-key_hold button")
    hands.fill("hold_reason_", "Attente du créancier")
    hands.click(".st-key-key_note button")
    expect(hands.page.locator("[class*='st-key-note_'] textarea").first).to_have_value("jkp 8 nlt / ?")
    hands.click(".st-key-key_hold button")
    expect(hands.page.locator("[class*='st-key-hold_reason_'] input").first).to_have_value("Attente du créancier")
    assert kept(made, 9)["timeline"] == []


def test_leaving_a_call_that_is_not_recorded_asks_what_became_of_it(made, at):
    hands = at(10)
    hands.press("t")
    hands.page.reload()
    driving.settled(hands.page)
    expect(hands.page.locator(".st-key-script")).to_be_visible()  # kept by the store: a reload loses nothing
    hands.press("j")
    asked = hands.page.get_by_role("dialog")
    expect(asked).to_contain_text("Durand 11")
    expect(hands.page.locator("h1").first).to_have_text("Durand 11")
    reason = asked.locator("input")
    reason.fill("Mauvais bouton")
    reason.press("Tab")
    asked.get_by_role("button", name="Noter pourquoi").click()
    expect(hands.page.locator("h1").first).not_to_have_text("Durand 11", timeout=20_000)
    found = kept(made, 10)
    assert found["timeline"] == [["interaction", "note", "", "Appel commencé, non enregistré : Mauvais bouton"]]
    assert found["open"] == []


def test_on_another_page_a_calm_banner_leads_back_to_the_call(made, at):
    hands = at(11)
    hands.press("t")
    hands.page.goto(f"{made[0].url}/settings")
    driving.settled(hands.page)
    expect(hands.page.get_by_text("qu'a-t-il donné")).to_be_visible()
    hands.page.get_by_role("button", name="L'enregistrer").click()
    expect(hands.page.locator("h1").first).to_have_text("Durand 12", timeout=20_000)
    driving.settled(hands.page)
    hands.press("8")
    hands.press("Control+Enter")
    assert kept(made, 11)["open"] == []
