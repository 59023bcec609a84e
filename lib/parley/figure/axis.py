"""Axes that write numbers and dates as people do."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, num2date
from matplotlib.ticker import FuncFormatter, MaxNLocator

from parley.figure import wording


def number_axis(ax: Axes, which: str, *, percent: bool = False, whole: bool = False) -> None:
    """Write the axis's numbers as the rest of the figure writes them; let it begin at 0 if near."""
    axis = ax.xaxis if which == "x" else ax.yaxis
    low, high = ax.get_xlim() if which == "x" else ax.get_ylim()
    if 0 < low < 0.5 * high:
        ax.set_xlim(left=0) if which == "x" else ax.set_ylim(bottom=0)
    steps = [1, 2, 5, 10] if whole else [1, 2, 2.5, 5, 10]
    axis.set_major_locator(MaxNLocator(nbins=4 if whole else 6, steps=steps, integer=whole))
    axis.set_major_formatter(lambda value, _: wording.number(value, percent=percent))


def date_axis(ax: Axes) -> None:
    """Write dates as "10 Jan", with the year under the first and wherever it changes."""
    low, high = ax.get_xlim()
    fewest = 3 if high - low > 3 else 1  # else two days would be told in hours
    ax.xaxis.set_major_locator(AutoDateLocator(minticks=fewest, maxticks=8))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda place, _: _day(ax, place)))


def _day(ax: Axes, place: float) -> str:
    moment = num2date(place)
    low, high = sorted(ax.get_xlim())
    seen = [num2date(tick) for tick in ax.xaxis.get_majorticklocs() if low <= tick <= high]
    before = [tick for tick in seen if tick < moment]
    words = f"{moment.day} {moment:%b}" + (f" {moment:%H:%M}" if _hours(seen) else "")
    return words if before and before[-1].year == moment.year else f"{words}\n{moment.year}"


def _hours(seen: list) -> bool:
    return any((tick.hour, tick.minute) != (0, 0) for tick in seen)


def places(values: pd.Series) -> pd.Series:
    """Give dates without a zone, as matplotlib draws them; labels as 0, 1, 2 in their order."""
    if isinstance(values.dtype, pd.PeriodDtype):
        return values.dt.to_timestamp()
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.dt.tz_localize(None) if values.dt.tz is not None else values
    if pd.api.types.is_numeric_dtype(values):
        return values
    return pd.Series(pd.factorize(values)[0], index=values.index)
