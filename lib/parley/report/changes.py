"""What changed since the last published run, from the two runs' ``metrics.json``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from parley.report import markup, values

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One figure whose interval lies apart from the last one's, or that came or went."""

    table: str
    what: str
    verdict: str
    was: str
    now: str
    size: float


def _key(row: Row, by: list[str]) -> tuple:
    return tuple(str(row.get(column)) for column in by)


def _called(row: Row, by: list[str]) -> str:
    """Give a row's name as a reader would say it: its words, and no ids where there is a name."""
    words = [column for column in by if not column.endswith("_id")] or by
    if "name" in row and "name" not in words:
        words = ["name", *(column for column in words if not column.endswith("_id"))]
    return ", ".join(str(row[c]) for c in words if row.get(c) not in (None, "")) or "all"


def _sound(row: Row | None) -> bool:
    return (
        row is not None
        and all(row.get(c) is not None for c in ("estimate", "low", "high"))
        and (row.get("enough") is not False)
    )


def _shown(row: Row, spec: str | None) -> str:
    estimate, low, high = (float(row[column]) for column in ("estimate", "low", "high"))
    largest = max(map(abs, (estimate, low, high)))
    usual = ".0f" if largest >= 100 else ".1f" if largest >= 10 else ".2f"
    return values.interval(estimate, low, high, spec or usual)


def _compare(
    table: str, called: str, was: Row | None, now: Row | None, spec: str | None
) -> Change | None:
    if _sound(now) and _sound(was):
        assert now is not None and was is not None
        if now["low"] > was["high"] or now["high"] < was["low"]:
            gap = max(now["low"] - was["high"], was["low"] - now["high"])
            scale = max(abs(now["estimate"]), abs(was["estimate"])) or 1
            verdict = "up" if now["estimate"] > was["estimate"] else "down"
            return Change(table, called, verdict, _shown(was, spec), _shown(now, spec), gap / scale)
        return None
    if _sound(now) and was is None and now is not None and now["low"] > 0:
        return Change(table, called, "new", values.MISSING, _shown(now, spec), 1.0)
    if _sound(was) and now is None and was is not None and was["low"] > 0:
        return Change(table, called, "gone", _shown(was, spec), values.MISSING, 1.0)
    return None


def _tables(metrics: Row) -> Iterator[tuple[tuple[str, str], Row]]:
    for notebook, entry in (metrics.get("notebooks") or {}).items():
        for name, table in (entry.get("tables") or {}).items():
            yield (notebook, name), table


def _rows(table: Row) -> dict[tuple, Row]:
    by = list(table.get("by") or [])
    return {_key(row, by): row for row in table.get("rows") or [] if "estimate" in row}


def _in_table(name: str, now: Row, was: Row) -> Iterator[Change]:
    by = list(now.get("by") or [])
    current, former = _rows(now), _rows(was)
    spec = (now.get("formats") or {}).get("estimate")
    for key in current | former:
        row = current.get(key) or former[key]
        if found := _compare(name, _called(row, by), former.get(key), current.get(key), spec):
            yield found


def _is_difference(table: Row) -> bool:
    """Say whether a table holds differences already; the change of a change helps nobody."""
    return any("reference_estimate" in row for row in (table.get("rows") or [])[:1])


def compare(now: Row, was: Row, *, most: int = 15) -> tuple[list[Change], int]:
    """Give the largest changes, and how many figures of the two runs could be compared.

    A figure has changed where its interval and the last run's do not meet, which is stricter than
    a test at the intervals' level; a figure with too few articles is left out.
    """
    former = dict(_tables(was))
    found, compared, seen = [], 0, set()
    for place, table in _tables(now):
        if place not in former or _is_difference(table):
            continue
        current, last = _rows(table), _rows(former[place])
        compared += sum(_sound(current[key]) and _sound(last.get(key)) for key in current)
        caption = str(table.get("caption") or markup.heading(place[1]))
        for change in _in_table(caption, table, former[place]):
            if (change.table, change.what) not in seen:
                seen.add((change.table, change.what))
                found.append(change)
    order = {"up": 0, "down": 0, "new": 1, "gone": 1}
    return sorted(found, key=lambda c: (order[c.verdict], -c.size))[:most], compared


_SIGN = {"up": "▲ up", "down": "▼ down", "new": "listed now", "gone": "no longer listed"}


def section(now: Row, was: Row | None) -> str:
    """Draw the section of the front page."""
    if was is None:
        return (
            '<p class="note">This is the first run to be published: the next will be compared.</p>'
        )
    found, compared = compare(now, was)
    context, last = now.get("context") or {}, was.get("context") or {}
    windows = [values.window_line(c.get("start"), c.get("end")) for c in (context, last)]
    told = f"This window, {windows[0]}, beside the last published one, {windows[1]}. "
    same = "The two runs cover the same window. " if windows[0] == windows[1] else ""
    told = f"<p>{markup.escape(same or told)}{compared:,} figures stand in both.</p>"
    if not found:
        return (
            f"{told}<p>No change that the data can show: every interval meets the last one's.</p>"
        )
    payload = {
        "name": "what-changed",
        "caption": "Figures whose interval lies apart from the last one's",
        "columns": [
            {"label": "Who or what", "numeric": False},
            {"label": "Figure", "numeric": False},
            {"label": "Change", "numeric": False},
            {"label": "Then", "numeric": True},
            {"label": "Now", "numeric": True},
        ],
        "rows": [[c.what, c.table, _SIGN[c.verdict], c.was, c.now] for c in found],
    }
    return told + markup.table(payload)
