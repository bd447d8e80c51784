"""New cases of an import get their collector by the rules; the import says how many went to whom, and the others stay."""

from core.services import assignment, imports, team, upkeep
from core.services.assignment import Filter, Rule
from core.services.imports import Options
from tests.services.factory import a_case, a_creditor

HEADER = "reference_debiteur;nom;code_postal;ville;adresse;reference_creance;date_echeance;montant"


def entered(ctx, creditor, *lines, token="t"):
    data = "\n".join((HEADER, *lines, "")).encode()
    reading = imports.read_upload(ctx, creditor, "creances.csv", data, Options())
    view = reading.sheets[0]
    trial = imports.try_out(ctx, creditor, reading, view.name, view.mapping, Options())
    return imports.commit(ctx, creditor, reading, trial, token), lambda: imports.commit(
        ctx, creditor, reading, trial, token
    )


def owners(ctx):
    return {row.debtor: row.collector for row in assignment.selection(ctx, Filter())}


# 200 €, then 60 € and 40 € (two debts of 20 €). The rule gives those of at most 100 € to Karim, one open case at most: the last stays with Léa.
def test_new_cases_go_to_whom_the_rules_say_and_the_import_says_it(ctx):
    karim = team.add_colleague(ctx, "Karim", "collector")
    assignment.save_rules(ctx, [Rule("Petites sommes", most=10000, people=(karim,), cap=1)], 0)
    done, again = entered(
        ctx, a_creditor(ctx), "D1;Lefèvre;;;;F1;2026-07-01;200,00", "D2;Diallo;;;;F2;2026-07-01;60,00",
        "D3;Petit;;;;F3;2026-07-01;20,00", "D3;Petit;;;;F4;2026-07-01;20,00",
    )  # fmt: skip
    assert (done.cases, done.given) == (3, (("Karim", 1),))
    assert owners(ctx) == {"Lefèvre": "Léa Martin", "Diallo": "Karim", "Petit": "Léa Martin"}
    assert again() == done  # a double click
    assert upkeep.verify(ctx).read_model is True


def test_the_lightest_load_counts_cases_already_here_and_the_postcode_chooses(ctx):
    karim, nora = (team.add_colleague(ctx, name, "collector") for name in ("Karim", "Nora"))
    team.assign_case(ctx, a_case(ctx, name="Ancien"), karim)
    assignment.save_rules(ctx, [Rule("Lyon", postcodes=("69",), people=(karim, nora))], 0)
    done, _ = entered(
        ctx, a_creditor(ctx), "D1;Un;69003;Lyon;1 rue A;F1;2026-07-01;10,00", "D2;Deux;69003;Lyon;1 rue B;F2;2026-07-01;10,00",
        "D3;Trois;38000;Grenoble;1 rue C;F3;2026-07-01;10,00",
    )  # fmt: skip
    # Karim has one, Nora none: Nora, then a tie that the order of the rule decides: Karim
    assert owners(ctx) == {"Ancien": "Karim", "Un": "Nora", "Deux": "Karim", "Trois": "Léa Martin"}
    assert done.given == (("Karim", 1), ("Nora", 1))


def test_without_a_rule_who_brings_a_file_in_has_its_cases(ctx):
    done, _ = entered(ctx, a_creditor(ctx), "D1;Un;;;;F1;2026-07-01;10,00")
    assert done.given == ()
    assert owners(ctx) == {"Un": "Léa Martin"}
