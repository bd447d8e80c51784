"""Which sources of tracing the law bars, and which compulsory ones are missing before "not found". Opens no unit and writes nothing."""

from __future__ import annotations

from core.domain.messages import Message, Problem, Refusal, choice_unknown, msg, refuse
from core.law.tracing import Source, load_tracing
from core.store import tracing
from core.store.unit import Reader

NOT_FOUND = "INT"  # the result of data/results that says so


def lawful(code: str, field: str) -> Source:
    """The source of a code; Refusal "choice-unknown", or "source-barred" with its article (CPCE L152-3 for a bailiff's data)."""
    source = load_tracing().named(code)
    if source is None:
        raise Refusal(choice_unknown(field, code))
    if source.refused:
        confirm: Message | str = msg("(to be confirmed)") if source.cited.to_confirm else ""
        raise refuse(
            "source-barred",
            msg("{source}: {article} {confirm}", source=source.label, article=source.cited.article, confirm=confirm),
            msg("{why}. Keep nothing of it in the case.", why=source.ask),
            field=field,
            value=code,
        )
    return source


def missing(reader: Reader, case_id: int, debtor_kind: str) -> tuple[Source, ...]:
    """The compulsory sources of a kind of debtor that gave no answer yet in the last tracing of the case."""
    done = tracing.sources_done(reader, case_id)
    return tuple(one for one in load_tracing().sources if debtor_kind in one.compulsory and one.code not in done)


def check(reader: Reader, case_id: int, debtor_kind: str, field: str) -> None:
    """Raises Refusal "tracing-incomplete", a Problem for each compulsory step that is missing."""
    wanted = missing(reader, case_id, debtor_kind)
    if wanted:
        raise Refusal(
            *(
                Problem(
                    "tracing-incomplete",
                    msg("Not found can be said only once this was looked at: {source}.", source=one.label),
                    msg("Do this step and record its result in the tracing of the case."),
                    field=field,
                    value=one.code,
                )
                for one in wanted
            )
        )
