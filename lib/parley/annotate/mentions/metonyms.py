"""Capitals: when a city's name means its government, and when it is only a place."""

from parley.annotate.mentions.page import Page
from parley.annotate.registry import Alias
from parley.annotate.registry.matching import Match
from parley.annotate.registry.name_words import (
    ACTS,
    AREA,
    LOCAL,
    LOCATIVE,
    MOTION,
    POLICY,
    RULERS,
    TIES,
    WEAK,
)


def place(match: Match, alias: Alias, page: Page) -> str:
    """A capital is a place, not its government, after a preposition or in a dateline."""
    metonym = alias.form == "metonym"
    named = metonym or (page.registry.is_place(alias.actor_id) and alias.form != "demonym")
    if named and page.dateline(match.first, sure=not metonym):
        return "a dateline"
    if not metonym:
        return ""
    before = page.lower[match.first - 1] if match.first else ""
    near = page.lower[max(0, match.first - 5) : match.first - 1]
    if before == "in" and near and near[-1] in RULERS:
        return ""
    after = page.lower[match.last] if match.last < len(page.keys) else ""
    placed = before in LOCATIVE or (before in ("to", "from", "for") and MOTION & {*near})
    inside = before in ("of", "-") and bool(AREA & {*near[-2:]})
    if placed or inside:
        return f"a place, after {before!r}"
    if after in LOCAL or (
        after == "-" and page.lower[match.last + 1 : match.last + 2] == ["based"]
    ):
        return f"a place, before {after!r}"
    return ""


def acts(match: Match, page: Page) -> bool:
    """Say whether a city stands where one who acts would: subject, owner of a policy, a party."""
    keys, last = page.lower, match.last
    before = keys[match.first - 1] if match.first else ""
    near = {*keys[max(0, match.first - 6) : match.first]}
    if before in LOCATIVE or before in ("to", "from", "-") or page.dateline(match.first):
        return False
    if before in ("between", "with", "against") and near & TIES:
        return True
    if before == "and" and "between" in near and near & TIES - {"between"}:
        return True
    after = keys[last] if last < len(keys) else ""
    if after in ("'s", "'"):
        return bool({*keys[last + 1 : last + 3]} & POLICY)
    if after == "and" and before == "between" and near & TIES - {"between"}:
        return True
    if after not in ACTS or page.text[page.tokens.ends[last - 1]] != " ":
        return False
    following = keys[last + 1 : last + 4]
    weak = after in ("is", "has", "had", "would", "will", "could", "may", "might", "must", "should",
                     "can", "also", "never", "long", "not", "already")  # fmt: skip
    return bool({*following} & (ACTS - WEAK)) if weak else after != "and"
