"""The other cases of one person stand on each of them: the same party, and who is likely the same, with the reason."""

from core.services import cases, same_person
from tests.services.factory import a_case, a_creditor


def found(ctx, case_id):
    return [(one.row.case_id, str(one.why) if one.why else None) for one in same_person.other_cases(ctx, case_id)]


def test_the_same_party_first_then_who_shares_a_telephone_or_name_and_postcode(ctx):
    port, quay = a_creditor(ctx), a_creditor(ctx, "Quai Nord")
    first = a_case(
        ctx, creditor=port, name="Durand", first_name="Zoé", phone="0612345678", postcode="59000", city="Lille"
    )
    party = cases.case_file(ctx, first).head.debtor_id
    same = a_case(ctx, creditor=quay, name="Durand", same=party)
    phone = a_case(ctx, creditor=quay, name="Z. Durand", phone="06 12 34 56 78")
    name = a_case(
        ctx, creditor=quay, name="DURAND", first_name="Zoe", postcode="59000", city="Lille", phone="0698765432"
    )
    a_case(ctx, creditor=quay, name="Durand", first_name="Zoé", postcode="75001", city="Paris")
    rows = found(ctx, first)
    assert rows[0] == (same, None)
    assert sorted(rows[1:]) == sorted([(phone, "Same telephone number."), (name, "Same name and same postcode.")])


def test_two_companies_of_different_siren_are_two(ctx):
    one = a_case(ctx, kind="business", name="Quai SARL", siren="732829320", phone="0612345678")
    a_case(ctx, kind="business", name="Quai SAS", siren="552100554", phone="0612345678")
    assert found(ctx, one) == []
