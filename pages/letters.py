"""Letters: those to post, the registered ones awaited, the wording a lead edits. Writes only through its parts."""

from core.ui import letters_edit, letters_follow, letters_place, letters_post, session

with session.page("Letters") as (ctx, t):
    {"post": letters_post.show, "follow": letters_follow.show, "edit": letters_edit.show}[letters_place.choose(ctx, t)](
        ctx, t
    )
