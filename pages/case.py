"""Case: who owes what, what to do, what happened, on one screen. Writes only through its panels."""

import streamlit as st

from core.services import access_log, cases, statements
from core.ui import (
    case_banner,
    case_closing,
    case_creditor,
    case_debts,
    case_dispute,
    case_do,
    case_facts,
    case_limitation,
    case_past,
    case_people,
    case_plans,
    case_scenario,
    case_who,
    litigation_case,
    post_news,
    session,
)

with session.page("Case", heading=False) as (ctx, t):
    case_id = case_banner.asked(ctx, t)
    if case_id:
        file = cases.case_file(ctx, case_id)
        access_log.record_view(ctx, case_id)
        amounts = statements.statement(ctx, case_id, ctx.today)
        case_banner.show(ctx, t, file, amounts)
        post_news.show(ctx, case_id)
        who, do, past = st.columns([7, 11, 8], gap="medium")
        with who:
            case_who.show(ctx, t, file)
        with do:
            case_do.show(case_id, file.head.status, file.head.row_version)
        with past:
            case_past.show(t, file)
        case_debts.show(ctx, t, file, amounts)
        case_limitation.show(ctx, t, file)
        case_dispute.listed(ctx, t, file)
        case_creditor.show(ctx, t, file)
        case_plans.show(ctx, t, file)
        case_scenario.show(ctx, t, file)
        case_people.show(ctx, t, file)
        case_facts.show(ctx, t, file)
        litigation_case.show(ctx, t, file)
        case_closing.show(ctx, t, file)
