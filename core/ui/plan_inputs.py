"""What a person types for a payment plan: up to three variants side by side. Computes and writes nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation

import streamlit as st

from core.domain.dates import after
from core.domain.messages import msg, refuse
from core.i18n import Texts
from core.services import plans
from core.services.context import Ctx
from core.services.plan_said import LONGEST_BASIS
from core.services.plans import PlanEntry
from core.ui import fields, plan_words, problems

MOST = 3
NAMES = "ABC"
RHYTHMS = ("month", "week", "quarter")


def case_asked() -> int | None:
    """The case of the address, if any."""
    asked = st.query_params.get("case", "")
    return int(asked) if asked.isdecimal() and int(asked) else None


def variants(ctx: Ctx, t: Texts, case_id: int | None) -> dict[str, PlanEntry]:
    """The entries that can be read, by the variant's letter; what cannot stands as a sentence under its own fields."""
    count = int(st.session_state.setdefault("plan_variants", 1))
    common = st.columns(3, gap="medium")
    owed = plans.owed(ctx, case_id) if case_id else None
    with common[0]:
        whole = _decimal(owed.spreadable) if owed else ""
        amount = fields.money(t("Amount to spread"), f"plan_amount_{case_id or 0}", value=whole)
    with common[1]:
        first = fields.day(t("First instalment on"), "plan_first", value=after(ctx.today, 14))
    with common[2]:
        down = fields.money(t("Paid at once (down payment)"), "plan_down", placeholder="0,00")
    running = _running(t) if owed and owed.interest else ""
    found: dict[str, PlanEntry] = {}
    for name, column in zip(NAMES[:count], st.columns(count, gap="medium"), strict=True):
        with column, st.container(border=True):
            st.markdown(f"**{t('Variant {name}', name=name)}**")
            typed = _variant(t, name, rate=not running)
            if not amount.strip():
                continue
            with problems.told(t, labels(t)):
                found[name] = _entry(amount, first or ctx.today, down, typed, running)
    _more(t, count)
    if not amount.strip():
        st.info(t("Type the amount: the instalments show at once and nothing is written."), icon=":material/calculate:")
    return found


def labels(t: Texts) -> dict[str, str]:
    """The fields' names, for refusals."""
    return {
        "amount": t("Amount to spread"),
        "first": t("First instalment on"),
        "down": t("Paid at once (down payment)"),
        "every": t("Rhythm"),
        "count": t("Number of instalments"),
        "instalment": t("Amount of an instalment"),
        "rate": t("Yearly rate in percent"),
        "basis": t("Basis of the rate (clause of the contract)"),
        "running": t("Interest after today"),
    }


def _running(t: Texts) -> str:
    """What becomes of the interest that the creditor claims, once the plan has counted it to today."""
    return st.radio(
        t("Interest after today"),
        plans.CHOICES,
        key="plan_running",
        format_func=lambda code: plan_words.running(t, code),
        captions=[plan_words.running_means(t, code) for code in plans.CHOICES],
        help=t(
            "The creditor claims interest on this case. What ran to today is in the amount; the plan says what becomes of the rest."
        ),
    )


def rhythm(t: Texts, code: str) -> str:
    """A rhythm of payment."""
    return {"month": t("every month"), "week": t("every week"), "quarter": t("every quarter")}.get(code, code)


def _variant(t: Texts, name: str, *, rate: bool) -> tuple[str, str, int, str, str, str]:
    """Rhythm, what is fixed, count, instalment, and where the plan may bear a `rate` of its own, that rate and its basis as typed."""
    every = st.selectbox(t("Rhythm"), RHYTHMS, key=f"plan_every_{name}", format_func=lambda code: rhythm(t, code))
    ways = {"count": t("Number of instalments"), "instalment": t("Amount of an instalment")}
    fixed = st.radio(
        t("Starting from"), list(ways), key=f"plan_fixed_{name}", format_func=ways.__getitem__, horizontal=True
    )
    count, instalment = 0, ""
    if fixed == "count":
        start = 3 * (1 + NAMES.index(name))
        count = int(st.number_input(ways["count"], 1, 520, start, key=f"plan_count_{name}"))
    else:
        instalment = fields.money(ways["instalment"], f"plan_instalment_{name}", placeholder="100,00")
    typed, basis = _rate_fields(t, name) if rate else ("", "")
    return every, fixed, count, instalment, typed, basis


def _rate_fields(t: Texts, name: str) -> tuple[str, str]:
    help_ = t(
        "Only with a basis: a rate agreed in writing, or the legal rate after a formal notice. Empty: no interest."
    )
    rate = st.text_input(t("Yearly rate in percent"), key=f"plan_rate_{name}", help=help_, placeholder="0")
    return rate, _basis(t, name) if rate.strip(" 0,.%") else ""


def _basis(t: Texts, name: str) -> str:
    return st.text_input(
        labels(t)["basis"],
        key=f"plan_basis_{name}",
        max_chars=LONGEST_BASIS,
        help=t("Needed with a rate: it is printed on the plan (C. civ., art. 1907 al. 2, to be confirmed)."),
        placeholder=t("General terms, article 8"),
    )


def _entry(
    amount: str, first: dt.date, down: str, typed: tuple[str, str, int, str, str, str], running: str
) -> PlanEntry:
    every, fixed, count, instalment, rate, basis = typed
    return PlanEntry(
        fields.cents(amount, "amount"),
        first,
        every,
        count if fixed == "count" else None,
        fields.cents(instalment, "instalment") if fixed != "count" else None,
        _rate(rate),
        fields.cents(down, "down") if down.strip(" 0,.") else 0,
        basis,
        running,
    )


def _rate(text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        return Decimal(text.strip().removesuffix("%").strip().replace(",", "."))
    except InvalidOperation as fault:
        raise refuse(
            "rate-implausible",
            msg("“{given}” is not a yearly rate in percent.", given=text),
            msg("Type a rate from 0 to 100, for example 4,5."),
            field="rate",
            value=text,
        ) from fault


def _decimal(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}" if cents > 0 else ""


def _more(t: Texts, count: int) -> None:
    with st.container(horizontal=True):
        if count < MOST:
            st.button(t("Add a variant"), key="plan_more", icon=":material/add:", on_click=_number, args=(count + 1,))
        if count > 1:
            st.button(t("Remove variant {name}", name=NAMES[count - 1]), key="plan_less", type="tertiary",
                      on_click=_number, args=(count - 1,))  # fmt: skip


def _number(count: int) -> None:
    st.session_state["plan_variants"] = count
