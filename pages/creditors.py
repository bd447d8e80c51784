"""Creditors: the list with what their cases come to, one creditor, its mandates. Opens no case."""

from core.ui import creditor_forms, mandate_cards, session

with session.page("Creditors", heading=False) as (ctx, t):
    place = creditor_forms.asked()
    if place == creditor_forms.NEW:
        creditor_forms.new(ctx, t)
    elif place:
        mandate_cards.show(ctx, t, int(place))
    else:
        creditor_forms.listing(ctx, t)
