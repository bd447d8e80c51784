"""Complaints: the register of what people complain about, who answers and by when. Sends no answer."""

from core.ui import complaint_register, session

with session.page("Complaints") as (ctx, t):
    complaint_register.show(ctx, t)
