"""The desk of the demonstration: letters to post, a receipt awaited, a complaint to answer, post to sort."""

from __future__ import annotations

import datetime as dt

from core.services import complaints, dispatch, inbox
from tests.conftest import TODAY


def test_the_desk_holds_a_letter_to_post_a_receipt_awaited_a_complaint_and_post_to_sort(demo_ctx):
    assert [row.debtor for row in dispatch.to_post(demo_ctx)] == ["Gaëlle Quéméner"]
    awaited = dispatch.awaited(demo_ctx)
    assert [(row.tracking, row.posted_on) for row in awaited] == [
        ("1A20451877334", (TODAY - dt.timedelta(days=6)).isoformat())
    ]
    (complaint,) = complaints.register(demo_ctx).rows
    assert complaint.name == "Odile Vasseur"
    # thirty days ago was a Saturday: received the Friday before, 23 October; sixty days later is 22 December
    assert (complaint.received_on, complaint.answer_by) == ("2026-10-23", "2026-12-22")
    assert complaint.acknowledged_on
    (scan,) = inbox.unsorted(demo_ctx)
    (paper,) = inbox.documents_of(demo_ctx, scan.id)
    assert inbox.document_bytes(demo_ctx, paper.id).startswith(b"%PDF")
