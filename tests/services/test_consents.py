"""Agreement and objection by channel: kept apart for calls and SMS, audited, refused where it makes no sense. Sends nothing."""

import datetime as dt
import json
import sqlite3

import pytest

from core.domain.messages import Refusal
from core.services import cases, consents, people
from core.services.consents import ConsentEntry
from tests.services.factory import a_call, a_case

D = dt.date


def a_phone(ctx):
    case_id = a_case(ctx, phone="06 12 34 56 78")
    return case_id, cases.case_file(ctx, case_id).contact_points[0].id


def said(ctx, case_id):
    return [(c.channel, c.state, c.since_on, c.source, c.row_version) for c in cases.case_file(ctx, case_id).consents]


def refused(function, *args, **more):
    with pytest.raises(Refusal) as found:
        function(*args, **more)
    return [(p.code, p.field) for p in found.value.problems]


def audited(ctx, action):
    with ctx.store.read() as reader:
        rows = reader.rows("SELECT actor_id, at, details FROM audit WHERE action = ? ORDER BY id", (action,))
    return [(actor, at[:10], json.loads(details)) for actor, at, details in rows]


def test_an_objection_to_sms_leaves_calls_to_the_same_number_as_they_were(ctx):
    case_id, point = a_phone(ctx)
    assert said(ctx, case_id) == []
    consents.set_consent(ctx, case_id, point, ConsentEntry("sms", "objected", D(2026, 11, 20), "call"), 0)
    assert said(ctx, case_id) == [("sms", "objected", "2026-11-20", "call", 1)]
    consents.set_consent(ctx, case_id, point, ConsentEntry("call", "given", D(2026, 11, 23), "letter"), 0)
    consents.set_consent(ctx, case_id, point, ConsentEntry("sms", "given", D(2026, 11, 22), "sms"), 1)
    assert said(ctx, case_id) == [
        ("sms", "given", "2026-11-22", "sms", 2),
        ("call", "given", "2026-11-23", "letter", 1),
    ]


def test_who_changed_it_and_what_it_was_before_is_in_the_audit(ctx):
    case_id, point = a_phone(ctx)
    consents.set_consent(ctx, case_id, point, ConsentEntry("sms", "objected", D(2026, 11, 20), "call"), 0)
    consents.set_consent(ctx, case_id, point, ConsentEntry("sms", "given", D(2026, 11, 22), "sms"), 1)
    lines = audited(ctx, "contact_point.consent")
    assert [(actor, at) for actor, at, _ in lines] == [(ctx.user.id, "2026-11-23")] * 2
    assert [(d["channel"], d["before"], d["after"]) for _, _, d in lines] == [
        ("sms", "unknown", "objected"),
        ("sms", "objected", "given"),
    ]


def test_two_people_who_type_at_once_do_not_overwrite_each_other(ctx):
    case_id, point = a_phone(ctx)
    entry = ConsentEntry("sms", "objected", D(2026, 11, 20), "call")
    consents.set_consent(ctx, case_id, point, entry, 0)
    for seen in (0, 2):
        assert refused(consents.set_consent, ctx, case_id, point, entry, seen) == [("changed-meanwhile", "")]


def test_what_makes_no_sense_is_refused_on_its_field(ctx):
    case_id, point = a_phone(ctx)
    day = D(2026, 11, 23)
    assert refused(consents.set_consent, ctx, case_id, point, ConsentEntry("visit", "maybe", day, "rumour"), 0) == [
        ("choice-unknown", "channel"), ("choice-unknown", "state"), ("choice-unknown", "source"),
    ]  # fmt: skip
    tomorrow = ConsentEntry("call", "objected", D(2026, 11, 24), "call")
    assert [field for _, field in refused(consents.set_consent, ctx, case_id, point, tomorrow, 0)] == ["since_on"]
    other = a_case(ctx)
    assert refused(consents.set_consent, ctx, other, point, ConsentEntry("call", "objected", day, "call"), 0) == [
        ("contact-unknown", "contact_point")
    ]


def test_an_address_serves_letters_and_visits(ctx):
    case_id = a_case(ctx)
    debtor = cases.case_file(ctx, case_id).head.debtor_id
    point = people.add_contact_point(
        ctx, case_id, debtor, people.ContactPointEntry("address", "3 rue du Port", "29200", "Brest")
    )
    consents.set_consent(ctx, case_id, point, ConsentEntry("visit", "objected", D(2026, 11, 23), "call"), 0)
    assert said(ctx, case_id) == [("visit", "objected", "2026-11-23", "call", 1)]


def test_a_call_made_against_an_objection_is_told_with_its_reason_and_the_audit_says_so(ctx):
    case_id, point = a_phone(ctx)
    a_call(ctx, case_id, "NRP", point=point)
    consents.set_consent(ctx, case_id, point, ConsentEntry("call", "objected", D(2026, 11, 23), "call"), 0)
    assert refused(a_call, ctx, case_id, "NRP", point=point) == [("channel-objected", "made_because")]
    a_call(ctx, case_id, "NRP", point=point, because="numéro composé par erreur")
    assert [d["rules"] for _, _, d in audited(ctx, "contact.made_outside")] == [["CON-04"]]
    assert len(cases.case_file(ctx, case_id).timeline) == 2


def test_the_database_itself_refuses_a_channel_that_the_contact_point_does_not_serve(ctx):
    _, point = a_phone(ctx)
    conn = sqlite3.connect(ctx.store.path)
    row = "INSERT INTO contact_consents(contact_point_id, channel, state, since_on, source, recorded_at) VALUES (?, ?, 'objected', '2026-11-23', 'call', '')"
    with pytest.raises(sqlite3.IntegrityError, match="does not serve"):
        conn.execute(row, (point, "letter"))
    conn.execute(row, (point, "sms"))
    with pytest.raises(sqlite3.IntegrityError, match="another row"):
        conn.execute("UPDATE contact_consents SET channel = 'call'")
    conn.close()
