"""Letters: to post, registered ones awaited, many of a kind at once, the wording a lead edits. Writes only through its parts."""

from core.ui import letters_batch, letters_edit, letters_follow, letters_place, letters_post, session

PARTS = {
    "post": letters_post.show,
    "follow": letters_follow.show,
    "batch": letters_batch.show,
    "edit": letters_edit.show,
}

with session.page("Letters") as (ctx, t):
    PARTS[letters_place.choose(ctx, t)](ctx, t)
