"""Proposes debtors that may be one person or company, with the reason. Merges nothing: a person decides each time.

Linear: every party is looked up under the few keys that identify it, never compared with all the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from core.domain.folding import name_key
from core.domain.messages import Message, msg

REASONS = ("siren", "email", "phone", "name")
ALIKE = 60  # per cent of the letters: "Petit" and "Martin" share 36, "Lefevre" and "Lefebvre" 93
CROWD = 8  # a telephone or an e-mail that more parties share is a switchboard or an adviser's: it tells nobody apart


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is looked at in a party; `ref` is the caller's identifier, `phones` in E.164."""

    ref: str
    name: str = ""
    first_name: str = ""
    postcode: str = ""
    siren: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


class Pair(NamedTuple):
    """Two parties that may be one; `first` was there before, `reasons` among REASONS, the surest first."""

    first: str
    second: str
    reasons: tuple[str, ...]

    @property
    def sentence(self) -> Message:
        """Why, for a person."""
        return {
            "siren": msg("Same SIREN."),
            "email": msg("Same e-mail address."),
            "phone": msg("Same telephone number."),
            "name": msg("Same name and same postcode."),
        }[self.reasons[0]]


class Index:
    """The parties that exist, by what identifies them; then asked for each that comes."""

    def __init__(self, parties: Iterable[Likeness] = ()) -> None:
        self._found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._sirens: dict[str, str] = {}
        for party in parties:
            self._sirens[party.ref] = party.siren
            for key in keys(party):
                self._found[key].append(party.ref)

    def like(self, party: Likeness) -> list[Pair]:
        """The parties that may be this one, the surest first.

        Two different SIREN are two companies, whatever else they share.
        """
        reasons: defaultdict[str, list[str]] = defaultdict(list)
        for key in keys(party):
            found = self._found.get(key, [])
            if key[0] == "siren" or len(found) <= CROWD:
                for ref in found:
                    if key[0] not in reasons[ref]:
                        reasons[ref].append(key[0])
        pairs = [
            Pair(ref, party.ref, tuple(why))
            for ref, why in reasons.items()
            if ref != party.ref and not self._other(ref, party)
        ]
        return sorted(pairs, key=lambda pair: (REASONS.index(pair.reasons[0]), -len(pair.reasons), pair.first))

    def _other(self, ref: str, party: Likeness) -> bool:
        return bool(party.siren and self._sirens[ref] and party.siren != self._sirens[ref])


def keys(party: Likeness) -> list[tuple[str, str]]:
    """The keys under which a party is found, the surest first."""
    found = [("siren", party.siren)] if party.siren else []
    found += [("email", email.casefold()) for email in party.emails if email]
    found += [("phone", phone) for phone in party.phones if phone]
    folded = name_key(party.name, party.first_name)
    if folded and party.postcode:
        found.append(("name", f"{folded}|{party.postcode}"))
    return found


def one_name(first: tuple[str, str], second: tuple[str, str]) -> bool:
    """Whether two names (name, first name) may be one person's: every word of one is in the other ("Martin", "MARTIN Gaël")."""
    one, other = (set(name_key(*names).split()) for names in (first, second))
    return one <= other or other <= one


def spelt_alike(first: str, second: str) -> bool:
    """Whether two names look like two spellings of one ("Lefevre", "Lefebvre"): most of the letters, in order."""
    one, other = name_key(first), name_key(second)
    shared = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return 200 * shared > ALIKE * (len(one) + len(other))
