"""What a mandate's policy says of accessories: nothing by default, and never more than it says."""

import pytest

from core.domain.claims import Claims, claims_of


@pytest.mark.parametrize("policy", [{}, {"claims": []}, {"other": True}])
def test_a_policy_that_says_nothing_asks_for_nothing(policy):
    claims = claims_of(policy)
    assert (claims.interest, claims.indemnity, claims.penalty, claims.order) == (False, False, False, "law")
    assert claims.nothing


def test_what_is_kept_is_read_back():
    claims = Claims(interest=True, penalty=True, order="principal_first")
    assert claims_of(claims.kept()) == claims
    assert claims.kept() == {"claims": ["interest", "penalty"], "order": "principal_first"}
    assert not claims.nothing


def test_an_order_that_nobody_knows_is_that_of_the_law():
    assert claims_of({"order": "whim"}).order == "law"
