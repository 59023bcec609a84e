"""The spread behind a mean: every observation as a dot, and the box of its middle half."""

import pandas as pd

from parley.figure import columns, theme, wording
from parley.figure.axis import number_axis
from parley.figure.canvas import Picture, axes, nothing, settle, short
from parley.figure.theme import themed


@themed
def distribution(
    frame: pd.DataFrame,
    *,
    x: str = "sentiment",
    y: str = "name",
    xlabel: str | None = None,
    title: str | None = None,
    what: str = "sentences",
) -> Picture:
    """Draw each row as a dot on its group's line, with the group's quartiles as a box (seaborn).

    Needs the columns named by ``x`` (a number) and ``y`` (the group); groups are drawn in the order
    in which they first come.

    >>> each = pd.DataFrame({"name": ["NATO"] * 3, "value": [-0.5, 0.0, 0.5]})
    >>> distribution(each, x="value", y="name", what="sentiment").alt_text
    'Distribution of 3 sentiment in 1 group. Medians: NATO 0.'
    """
    rows = columns.need_numbers(frame, x, drawing="distribution")
    columns.need(frame, y, drawing="distribution")
    rows = rows.dropna(subset=[x])
    if rows.empty:
        return nothing(f"there are no {what} to draw.", title=title)
    import seaborn  # takes longer to load than all other figures together

    groups = list(dict.fromkeys(rows[y].astype(str)))
    figure, ax = axes(0.42 * len(groups) + 0.5, title=title)
    drawn = rows.assign(**{y: rows[y].astype(str)})
    where = {"data": drawn, "x": x, "y": y, "order": groups, "ax": ax}
    seaborn.stripplot(**where, color=theme.SKY, size=3, alpha=0.45, jitter=0.28, zorder=1)
    seaborn.boxplot(**where, width=0.5, fill=False, color=theme.INK, linewidth=1, fliersize=0)
    counts = drawn[y].value_counts()
    ax.set_yticks(range(len(groups)), [f"{short(g)}  n = {counts[g]:,}" for g in groups])
    ax.set_ylabel("")
    ax.set_xlabel(xlabel or "")
    ax.grid(axis="x")
    number_axis(ax, "x")
    settle(figure)
    middles = drawn.groupby(y)[x].median()
    figure.alt_text = wording.alt(
        f"Distribution of {wording.count(len(rows), what.removesuffix('s'), what)} "
        f"in {wording.count(len(groups), 'group')}.",
        "Medians: " + ", ".join(f"{g} {wording.number(middles[g])}" for g in groups) + ".",
    )
    return figure
