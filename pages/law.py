"""Law: every dated value with its article and source, what must be looked at again, and a lead's form to add one. Computes nothing."""

from core.services import law
from core.ui import law_forms, law_view, session

with session.page("Law") as (ctx, t):
    shown = law.law_overview(ctx)
    law_view.alerts(t, shown)
    code = law_view.families(t, shown)
    law_view.family(ctx, t, shown, code)
    law_forms.show(ctx, t, shown, code)
