"""The calendar of time limits as a page: squares in their places, standings, a crowded day, the way from month to month."""

import datetime as dt
import re

import pytest

from tests.pages.reading import said, whole
from tests.services.factory import a_case
from tests.services.test_proceedings import FILED, ORDERED, SERVED, opened, record

WEEK = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
SQUARE = re.compile(r"(?:\*\*|:gray\[)(\d{1,2}(?: \w+\.?)?)(?:\*\*|\])")


def calendar(app, month=None, **more):
    page = app("litigation", view="calendar", **more)
    if month:
        page.session_state["litigation_month"] = month
    return whole(page.run())


def squares(page):
    """The first line of each square, by week, without its marks."""
    lines = [part.value for part in page.markdown]
    start = lines.index(f":gray[{WEEK[0]}]")
    assert [line[6:-1] for line in lines[start : start + 7]] == WEEK
    found = [SQUARE.match(line) for line in lines[start + 7 :]]
    numbers = [one.group(1) for one in found if one]
    return [numbers[n : n + 7] for n in range(0, len(numbers), 7)]


@pytest.mark.parametrize(
    ("month", "first", "last", "weeks"),
    [
        (
            dt.date(2026, 11, 1),
            ["26 oct.", "27 oct.", "28 oct.", "29 oct.", "30 oct.", "31 oct.", "1"],
            ["30", "1 déc.", "2 déc.", "3 déc.", "4 déc.", "5 déc.", "6 déc."],
            6,
        ),
        (
            dt.date(2026, 6, 1),
            ["1", "2", "3", "4", "5", "6", "7"],
            ["29", "30", "1 juil.", "2 juil.", "3 juil.", "4 juil.", "5 juil."],
            5,
        ),
        (
            dt.date(2028, 2, 1),
            ["31 janv.", "1", "2", "3", "4", "5", "6"],
            ["28", "29", "1 mars", "2 mars", "3 mars", "4 mars", "5 mars"],
            5,
        ),
    ],
)
def test_the_days_of_a_month_stand_under_their_week_days(ctx, app, month, first, last, weeks):
    opened(ctx)
    page = calendar(app, month)
    found = squares(page)
    assert (found[0], found[-1], len(found)) == (first, last, weeks)
    assert "Aucun délai ce mois-ci" in page.info[0].value


def test_holidays_and_today_are_written_in_their_squares(ctx, app):
    opened(ctx)
    lines = [part.value for part in calendar(app).markdown]  # 23 November 2026
    assert any(line.startswith("**11**") and "Férié : 11 Novembre" in line for line in lines)
    assert any(line.startswith("**1**") and "Férié : Toussaint" in line for line in lines)
    assert [line for line in lines if "aujourd'hui" in line] == ["**23** :blue-badge[aujourd'hui]"]


def test_one_goes_from_month_to_month_and_back_to_today(ctx, app):
    record(ctx, opened(ctx), FILED, ORDERED)
    page = calendar(app)
    page = whole(page.button(key="month_after").click().run())
    assert page.subheader[0].value == "Décembre 2026"
    text = " ".join(said(page)).replace("\\", "")
    assert "lundi 7 décembre 2026" in text
    assert "CPC, art. 1411" in text
    assert "Signifier l'ordonnance · :blue[à venir]" in text.replace("\N{NO-BREAK SPACE}", " ")
    page = whole(page.button(key="month_after").click().run())
    assert page.subheader[0].value == "Janvier 2027"
    page = whole(page.button(key="month_today").click().run())
    assert page.subheader[0].value == "Novembre 2026"
    page = whole(page.button(key="month_before").click().run())
    assert page.subheader[0].value == "Octobre 2026"


def test_the_time_the_debtor_had_to_oppose_is_over_not_overdue(ctx, app):
    record(ctx, opened(ctx), FILED, ORDERED, SERVED)  # served on 21 September: one month to oppose, until 21 October
    text = " ".join(said(calendar(app, dt.date(2026, 10, 1))))
    assert "mercredi 21 octobre 2026" in text
    assert "pour information" in text
    assert "en retard" not in text


def test_a_day_with_more_than_three_limits_opens_its_whole_list(ctx, app):
    for n in range(5):
        record(ctx, opened(ctx, a_case(ctx, name=f"Débiteur {n}")), FILED, ORDERED)
    page = calendar(app, dt.date(2026, 12, 1))
    more = page.button(key="more_2026-12-07")
    assert more.label == "+ 2 autres"
    before = " ".join(said(page)).count("Débiteur 4")
    page = whole(more.click().run())
    assert " ".join(said(page)).count("Débiteur 4") == before + 1


def test_the_week_days_speak_english_too(ctx, app):
    opened(ctx)
    page = calendar(app, dt.date(2026, 11, 1), locale="en-GB")
    lines = [part.value for part in page.markdown]
    start = lines.index(":gray[Monday]")
    assert lines[start + 6] == ":gray[Sunday]"
    assert page.subheader[0].value == "November 2026"


def test_where_no_proceeding_goes_on_the_calendar_is_what_will_stand_here(ctx, app):
    page = calendar(app)
    assert "Une procédure s'ouvre depuis un dossier" in page.info[0].value
    assert (len(page.metric), len(page.button)) == (0, 0)
