"""While a fragile path is open: no firm text by any door, no word about health or family, one colleague who speaks (FRA-01)."""

import datetime as dt
from dataclasses import replace

import pytest

from core.domain.messages import Refusal
from core.services import (
    cases,
    contact_gate,
    fragile,
    later_letters,
    letter_edit,
    letters,
    reminder_acts,
    reminder_lines,
    team,
)
from core.services.contact_gate import Intent
from core.services.context import User
from core.services.fragile import PathEntry
from tests.services import post
from tests.services.factory import a_call, a_case, a_case_to_write, ready_to_write

PLACE = {"address": "3 allée des Tilleuls", "postcode": "38000", "city": "Grenoble"}


def a_path(ctx, case_id, *needs, user=None):
    entry = PathEntry(needs or ("more_time",), user or ctx.user.id, dt.date(2026, 12, 14))
    fragile.begin_path(ctx, case_id, entry, f"path-{case_id}")


def to_write(ctx, **more):
    return a_case(ctx, creditor=ready_to_write(ctx), **PLACE, **more)


def refused(function, *args, **more):
    with pytest.raises(Refusal) as found:
        function(*args, **more)
    return [(problem.code, problem.value) for problem in found.value.problems]


@pytest.mark.parametrize(
    ("kind", "firm"), [("reminder_gentle", False), ("reminder_firm", True), ("formal_notice", True)]
)
def test_no_firm_letter_is_issued_and_the_refusal_names_the_measured_one(ctx, kind, firm):
    case_id = to_write(ctx)
    bob = team.add_colleague(ctx, "Bob Roy", "collector")
    a_path(ctx, case_id, user=bob)
    problems = later_letters.letter_preview(ctx, case_id, kind, with_pdf=False).problems
    assert [one.code for one in problems] == (["fragile-firm"] if firm else [])
    if firm:
        assert "FRA-01" in str(problems[0].reason)
        assert "Bob Roy" in str(problems[0].remedy)
        assert refused(letters.issue_letter, ctx, case_id, kind, "t") == [("fragile-firm", "firm")]
        assert [row.rule for row in contact_gate.refusals(ctx, case_id)] == ["FRA-01"]


def test_a_firm_letter_issued_before_is_not_posted(ctx):
    case_id = to_write(ctx)
    done = letters.issue_letter(ctx, case_id, "reminder_firm", "t")
    a_path(ctx, case_id)
    assert refused(letters.mark_posted, ctx, [done.reference], ctx.today) == [("fragile-firm", "firm")]


def test_once_the_path_is_ended_the_firm_letter_leaves_and_other_persons_were_never_held(ctx):
    case_id, other = to_write(ctx), to_write(ctx, name="Autre")
    a_path(ctx, case_id)
    assert letters.issue_letter(ctx, other, "reminder_firm", "o")
    path = fragile.open_path_of(ctx, case_id)
    fragile.end_path(ctx, path.row.id, path.row.row_version, "no_longer_needed")
    assert letters.issue_letter(ctx, case_id, "reminder_firm", "t")


@pytest.mark.parametrize("channel", ["letter", "formal_notice"])
def test_a_firm_step_of_a_scenario_is_refused_and_told(ctx, channel):
    case_id = to_write(ctx)
    a_path(ctx, case_id)
    template = {"letter": "reminder_firm", "formal_notice": "formal_notice"}[channel]
    acts = reminder_acts.act(ctx, channel, template, {case_id: None}, "run", reminder_lines.note(channel, template))
    assert (acts[case_id].act, [one.code for one in acts[case_id].problems]) == ("refused", ["fragile-firm"])
    intent = reminder_acts.intent(ctx, case_id, channel, template, None)
    assert [bar.rule for bar in contact_gate.may_contact(ctx, intent).bars] == [
        "FRA-01"
    ]  # what the preview of a run shows


def test_no_message_tells_of_health_or_family(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(ctx)
    subject, text = post.words(ctx, case_id)
    told = f"{text}\nNous savons que vous êtes malade."
    assert post.a_mail(ctx, case_id, "before", text=told)
    a_path(ctx, case_id)
    assert refused(post.a_mail, ctx, case_id, "after", text=told) == [("fragile-words", "malade")]
    assert refused(post.a_mail, ctx, case_id, "subject", subject=f"{subject} divorce")[-1] == (
        "fragile-words",
        "divorce",
    )
    assert post.a_mail(ctx, case_id, "plain")


def test_the_name_of_the_debtor_is_no_word_about_them(ctx):
    post.set_up(ctx, smtp_host="127.0.0.1", smtp_security="none")
    case_id = post.a_debtor(
        ctx, name="Malade", first_name="Christian", address="2 rue de l'Hôpital", postcode="38000", city="Grenoble"
    )
    a_path(ctx, case_id)
    _, text = post.words(ctx, case_id)
    assert post.a_mail(ctx, case_id, text=f"Bonjour Christian Malade, 2 rue de l'Hôpital,\n{text}")
    assert refused(post.a_mail, ctx, case_id, "u", text=f"{text}\nVous êtes hospitalisé.")[-1] == (
        "fragile-words",
        "hospitalise",
    )


def test_a_wording_that_a_lead_changed_is_looked_at_too(ctx):
    case_id, first = to_write(ctx), a_case_to_write(ctx, name="Neuf")
    for one in (case_id, first):
        a_path(ctx, one)
    for kind in ("reminder_gentle", "first_letter"):
        view = next(one for one in letter_edit.wordings(ctx) if one.kind.key == kind)
        said = {"closing": {"fr": f"{view.kind.blocks['closing'].fr} Même veuf, écrivez-nous."}}
        letter_edit.save_wording(ctx, kind, said, 0, f"w-{kind}")
    problems = later_letters.letter_preview(ctx, case_id, "reminder_gentle", with_pdf=False).problems
    assert ("fragile-words", "veuf") in [(one.code, one.value) for one in problems]
    problems = letters.first_letter_preview(ctx, first, with_pdf=False).problems
    assert ("fragile-words", "veuf") in [(one.code, one.value) for one in problems]


def test_one_colleague_speaks_with_the_debtor_and_the_others_are_told_whom_to_pass_it_to(ctx):
    case_id = to_write(ctx, phone="06 12 34 56 78")
    bob = team.add_colleague(ctx, "Bob Roy", "collector")
    a_path(ctx, case_id, user=bob)
    assert refused(a_call, ctx, case_id, "NRP") == [("fragile-person", "Bob Roy")]
    a_call(replace(ctx, user=User(bob, "Bob Roy", "collector")), case_id, "NRP")
    assert contact_gate.may_contact(ctx, Intent(case_id, "letter", by=ctx.user.id)).allowed


@pytest.mark.parametrize(
    ("need", "shut"), [("written_only", {"call", "visit"}), ("calls_only", {"email", "sms"}), ("large_print", set())]
)
def test_a_need_closes_the_channels_that_the_person_cannot_use(ctx, need, shut):
    case_id = to_write(ctx, phone="06 12 34 56 78", email="jean@debiteur.example")
    a_path(ctx, case_id, need)
    barred = {
        channel
        for channel in contact_gate.CHANNELS
        if "fragile-channel" in [bar.code for bar in contact_gate.may_contact(ctx, Intent(case_id, channel)).bars]
    }
    assert barred == shut


def test_it_holds_in_every_case_of_the_person(ctx):
    first = to_write(ctx)
    second = to_write(ctx, same=cases.case_file(ctx, first).head.debtor_id)
    a_path(ctx, first)
    problems = later_letters.letter_preview(ctx, second, "formal_notice", with_pdf=False).problems
    assert [one.code for one in problems] == ["fragile-firm"]
