"""The shipped result codes against a table written by hand, and every way to break their file refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.domain.messages import Problem, Refusal
from core.law.results import Channel, Family, load_kept, load_results, results_from
from core.law.strict_yaml import read_file, read_text
from tests.law.results_page import PAGE, page

# code: family, attempt, right party, stop, days of stop, next action, days, needs. Written from the trade list, not from the file.
EXPECTED = """
PRO contact yes yes - - verify_promise 2 amount,date,means
ECH contact yes yes - - follow_instalment 1 plan
PAI contact yes yes - - check_bank 3 amount,means
DEJ contact yes yes payment_claimed 7 ask_proof 0 date,proof
DIR contact yes yes creditor_check 5 ask_creditor 0 amount,date
REF contact yes yes - - lead_decision 0 reason
DIF contact yes yes - - budget_form 0 note
CON contact yes yes dispute - open_dispute 0 reason
DOC contact yes yes - - send_documents 0 documents
RAP contact yes yes - - call_back 0 date,hour
AVO contact yes yes represented - write_counsel 0 name
VUL contact yes yes - - gentle_path 0 -
HOS contact yes yes - - lead_decision 0 note
RAC contact yes yes - - other_channel 3 -
BAR third_party yes no - - other_hour 1 -
TIE third_party yes no - - call_again 2 -
MSG third_party yes no - - call_again 3 -
REP third_party yes no - - other_hour 1 -
NRP third_party yes no - - other_hour 1 -
OCC third_party yes no - - call_again 0 -
FAU dead yes no - - search_contact 0 -
HS dead yes no - - search_contact 0 -
NPAI dead no no - - search_contact 0 -
EMR dead no no - - send_by_post 0 -
REC dead no no - - file_proof 0 -
DCD administrative no no deceased - contact_succession 0 date
LJ administrative no no insolvency - declare_claim 0 date,court
RJ administrative no no insolvency - declare_claim 0 date,court
SV administrative no no insolvency - declare_claim 0 date,court
SUR administrative no no over_indebtedness - inform_creditor 0 date
RET administrative no no - - close 0 -
ERR administrative no no - - close 0 -
PRE administrative no no limitation - lead_decision 0 -
INT administrative no no - - propose_closing 0 steps
IRR administrative no no - - close 0 proof
JUD administrative no no - - open_litigation 0 procedure
SOL administrative no no - - close 0 amount
PAR administrative no no - - close 0 amount
TRA administrative no no - - close 0 amount
""".split("\n")[1:-1]


def test_the_shipped_codes_are_the_list_of_the_trade_in_order_with_their_flags() -> None:
    yes = {True: "yes", False: "no"}
    found = [
        " ".join(
            (
                r.code, r.family, yes[r.attempt], yes[r.right_party], r.stops or "-", str(r.stop_days or "-"),
                r.next_action.kind, str(r.next_action.days), ",".join(r.needs) or "-",
            )
        )
        for r in load_results()
    ]  # fmt: skip
    assert found == EXPECTED


def test_nine_codes_have_the_nine_digits() -> None:
    keys = {r.key: r.code for r in load_results() if r.key}
    assert keys == {
        "1": "PRO",
        "2": "RAP",
        "3": "DEJ",
        "4": "REF",
        "5": "DIF",
        "6": "CON",
        "7": "MSG",
        "8": "NRP",
        "9": "REP",
    }


def test_labels_are_french_first_and_english_on_demand() -> None:
    by_code = {r.code: r for r in load_results()}
    assert by_code["NPAI"].label.of("fr") == "Courrier revenu (NPAI)"
    assert by_code["DEJ"].label.of("en") == "Says it is already paid"
    assert by_code["DEJ"].label.of("de") == "Dit avoir déjà payé"
    assert by_code["LJ"].next_action.label.fr == "Déclarer la créance"


def test_special_effects_are_where_the_trade_wants_them() -> None:
    results = load_results()
    assert {r.code: str(r.invalidates) for r in results if r.invalidates} == {
        "FAU": "phone",
        "HS": "phone",
        "NPAI": "address",
        "EMR": "email",
    }
    assert [r.code for r in results if r.outside_statistics] == ["ERR"]
    assert [r.code for r in results if r.zero_balance] == ["SOL"]
    assert {r.code: r.next_action.hours for r in results if r.next_action.hours} == {"OCC": 1}
    assert {r.code: r.next_action.counted_from.value for r in results if r.next_action.counted_from != "result"} == {
        "PRO": "date",
        "ECH": "plan",
        "RAP": "date",
    }


def test_a_machine_is_met_by_telephone_and_a_returned_letter_by_letter() -> None:
    by_code = {r.code: r for r in load_results()}
    assert by_code["REP"].channels == (Channel.CALL,)
    assert by_code["NPAI"].channels == (Channel.LETTER,)
    assert by_code["ERR"].channels == (Channel.NONE,)
    assert all(Channel.NONE not in r.channels for r in by_code.values() if r.family is not Family.ADMINISTRATIVE)


def test_the_document_is_the_one_made_from_the_shipped_list() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
    assert page().count("\n| `") == 39


def test_what_is_kept_names_codes_that_exist() -> None:
    assert set(load_kept()) <= {r.code for r in load_results()}


# -- the format

GOOD = """\
actions:
  call_again: {fr: Rappeler, en: Call again}
codes:
  - code: NRP
    label: {fr: Pas de réponse, en: No answer}
    family: third_party
    attempt: true
    right_party: false
    stops: none
    next_action: {kind: call_again, days: 1}
    needs: []
    channels: [call]
    key: "8"
"""
SECOND = GOOD[GOOD.index("  - code") :].replace("NRP", "OCC")


def refusal(text: str) -> Problem:
    with pytest.raises(Refusal) as caught:
        results_from(text, "lists/own.yaml")
    (problem,) = caught.value.problems
    return problem


def test_a_right_file_is_read_and_optional_keys_have_their_absence() -> None:
    (code,) = results_from(GOOD, "lists/own.yaml")
    assert (code.code, code.stops, code.stop_days, code.invalidates, code.needs) == ("NRP", None, None, None, ())
    assert not code.outside_statistics
    assert results_from(GOOD.replace('    key: "8"\n', ""), "x.yaml")[0].key == ""


BROKEN = [
    ("an unknown key", "    needs: []", "    colour: red\n    needs: []", 11, "the key “colour” is unknown", "Use one of code, label"),
    ("a missing key", "    attempt: true\n", "", 4, "the key “attempt” is missing", "Add a line “attempt:”"),
    ("a key written twice", "    attempt: true", "    attempt: true\n    attempt: false", 8, "“attempt” is written twice", "Keep one of the two"),
    ("a label without English", ", en: No answer}", "}", 5, "the text under “label” has no “en”", "Write both languages"),
    ("a label without French", "fr: Pas de réponse, ", "", 5, "the text under “label” has no “fr”", "Write both languages"),
    ("a third language", "en: No answer}", "en: No answer, de: Nein}", 5, "the key “de” is unknown", "Use one of fr, en"),
    ("a number as a label", "fr: Pas de réponse", "fr: 404", 5, "404 is not read as text under “fr”", 'between quotes: "404"'),
    ("a digit without quotes", 'key: "8"', "key: 8", 13, "8 is not read as text under “key”", 'between quotes: "8"'),
    ("a yes as a code", "code: NRP", "code: NO", 4, "NO is not read as text under “code”", 'between quotes: "NO"'),
    ("an empty label", "fr: Pas de réponse", 'fr: " "', 5, "the text under “fr” is empty", "Write the text"),
    ("a family not in the list", "third_party", "machine", 6, "“machine” is not a known value of “family”", "Choose one of contact, third_party, dead, administrative"),
    ("a stop not in the list", "stops: none", "stops: forever", 9, "“forever” is not a known value of “stops”", "Choose one of none, dispute"),
    ("an action not declared above", "kind: call_again", "kind: sing", 10, "“sing” is not a known value of “kind”", "Choose one of call_again"),
    ("a need not in the list", "needs: []", "needs: [weather]", 11, "“weather” is not a known value of “needs”", "Choose one of amount"),
    ("a need given twice", "needs: []", "needs: [date, date]", 11, "“date” is given twice as “needs”", "remove it"),
    ("a channel not in the list", "[call]", "[fax]", 12, "“fax” is not a known value of “channels”", "Choose one of call, email"),
    ("no channel at all", "[call]", "[]", 12, "no channel is given", "“none” for an event"),
    ("a digit out of range", 'key: "8"', 'key: "0"', 13, "“0” is not a known value of “key”", "Choose one of 1, 2"),
    ("a yes that is not true or false", "attempt: true", "attempt: yes", 7, "true or false is expected under “attempt”", "Correct this line"),
    ("a quoted truth", "attempt: true", 'attempt: "true"', 7, "true or false is expected under “attempt”", "Correct this line"),
    ("a negative delay", "days: 1", "days: -1", 10, "a whole number from 0, without quotes is expected under “days”", "Correct this line"),
    ("a quoted delay", "days: 1", 'days: "1"', 10, "a whole number from 0, without quotes is expected under “days”", "Correct this line"),
    ("half a day", "days: 1", "days: 1.5", 10, "a whole number from 0, without quotes is expected under “days”", "Correct this line"),
    ("a text where a list is wanted", "[call]", "call", 12, "a list is expected under “channels”", "Correct this line"),
    ("a list where a text is wanted", "family: third_party", "family: [dead]", 6, "a text is expected under “family”", "Correct this line"),
    ("a text where keys are wanted", "{kind: call_again, days: 1}", "later", 10, "a group of “key: value” lines is expected under “next_action”", "Correct this line"),
    ("a code in small letters", "code: NRP", "code: nrp", 4, "“nrp” cannot be the name of a result code", "two to four capital letters"),
    ("days of a stop that stops nothing", "stops: none", "stops: none\n    stop_days: 3", 10, "nothing stops", "Remove “stop_days”"),
    ("a stop of no day", "stops: none", "stops: dispute\n    stop_days: 0", 10, "a whole number from 1, without quotes is expected under “stop_days”", "Correct this line"),
    ("a delay counted from a date nobody types", "days: 1}", "days: 1, from: date}", 10, "counts from the date, which is not asked for", "Add “date” under “needs”"),
    ("an unknown part of the file", "actions:", "version: 2\nactions:", 1, "the key “version” is unknown", "Use one of actions, codes"),
    ("a merge key", "    needs: []", "    <<: {needs: []}", 11, "<< is not read as text", "between quotes"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "line", "reason", "remedy"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_a_broken_file_is_refused_with_its_name_line_and_remedy(
    old: str, new: str, line: int, reason: str, remedy: str
) -> None:
    assert GOOD.count(old) >= 1
    problem = refusal(GOOD.replace(old, new, 1))
    sentence = str(problem.reason)
    assert sentence.startswith(f"lists/own.yaml, line {line}: ")
    assert reason in sentence
    assert remedy in str(problem.remedy)
    assert (problem.where, problem.line) == ("lists/own.yaml", line)


def test_two_codes_of_one_name_or_one_digit_are_refused_at_the_second() -> None:
    digit = refusal(GOOD + SECOND)
    assert str(digit.reason) == "lists/own.yaml, line 14: “8” is given twice as “key”."
    assert "another value" in str(digit.remedy)
    name = refusal(GOOD + SECOND.replace("OCC", "NRP").replace('    key: "8"\n', ""))
    assert str(name.reason) == "lists/own.yaml, line 14: “NRP” is given twice as “code”."


@pytest.mark.parametrize(
    ("text", "line"),
    [("", 1), ("# nothing\n", 1), ("codes: [a\nactions: }", 2), ("a: 1\n---\nb: 2\n", 2), ("a: \x07", 0)],
)
def test_what_is_not_yaml_is_refused_with_the_file_and_a_remedy(text: str, line: int) -> None:
    problem = refusal(text)
    assert str(problem.reason) == f"lists/own.yaml, line {line}: the file is empty or is not YAML in UTF-8."
    assert "indentation" in str(problem.remedy)


def test_a_file_in_another_encoding_is_refused_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_bytes("a: b\nlabel: réponse\n".encode("cp1252"))
    with pytest.raises(Refusal, match=r"own\.yaml, line 2: the file is empty or is not YAML in UTF-8"):
        read_file(tmp_path / "own.yaml", tmp_path)


def test_nothing_is_converted_behind_the_writer() -> None:
    entry = read_text('day: 2026-11-22\nname: "2026"\ncount: 012\n', "x.yaml").free_mapping()
    assert entry["name"].text() == "2026"
    with pytest.raises(Refusal, match="2026-11-22 is not read as text"):
        entry["day"].text()
    assert entry["count"].line == 3
