"""Draws one picture: reads its content as JSON from standard input, writes PNG to standard output.

It runs in a separate process, so that the drawing library takes no start time or memory of the bot.
"""

import io
import json
import sys
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Patch

BLUE, ORANGE, GREY, INK = "#0072B2", "#E69F00", "#E4E4E4", "#1A1A1A"
"""Blue and orange of Okabe and Ito, which people with any colour vision can distinguish, also in print."""

STATES = {"reported": (BLUE, "white", ""), "planned": (ORANGE, INK, "///"), "silent": (GREY, INK, "")}

PARTNER: Mapping[str, Any] = {
    "marker": "o", "linestyle": "none", "markerfacecolor": INK, "markeredgecolor": "white", "markeredgewidth": 1.5
}  # fmt: skip
"""The colours of a dot that is visible on every colour."""

WIDTH, DPI = 7.2, 150
NAME_WIDTH = 24

mpl.rcParams.update({"font.family": "DejaVu Sans", "font.size": 13, "text.color": INK, "axes.labelcolor": INK})


def bars(told: Mapping[str, Any]) -> Figure:
    """Horizontal bars, the first on top, each with its name and number."""
    names = [textwrap.fill(name, NAME_WIDTH) for name in told["names"]]
    numbers: Sequence[int] = told["numbers"]
    lines = sum(name.count("\n") + 1 for name in names)
    figure = Figure(figsize=(WIDTH, 1.7 + 0.2 * len(names) + 0.26 * lines), dpi=DPI, layout="constrained")
    axes = figure.add_subplot()
    drawn = axes.barh(range(len(names)), numbers, color=BLUE, height=0.68)
    axes.bar_label(drawn, labels=told["said"], padding=5, fontsize=13)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(0, max(max(numbers), 1) * 1.14)
    axes.xaxis.set_visible(False)
    _plain(axes, told, keep="left")
    return figure


def columns(told: Mapping[str, Any]) -> Figure:
    """Columns from left to right for a sequence in time, with as many names as there is room for."""
    names, numbers = told["names"], told["numbers"]
    figure = Figure(figsize=(WIDTH, 5.4), dpi=DPI, layout="constrained")
    axes = figure.add_subplot()
    drawn = axes.bar(range(len(names)), numbers, color=BLUE, width=0.72)
    size = 13 if len(names) <= 12 else 9
    axes.bar_label(drawn, labels=told["said"], padding=3, fontsize=size)
    axes.set_xticks(range(len(names)), names, rotation=55 if len(names) > 4 else 0, fontsize=max(size, 10),
                    ha="right" if len(names) > 4 else "center", rotation_mode="anchor")  # fmt: skip
    axes.set_ylim(0, max(max(numbers), 1) * 1.12)
    axes.yaxis.set_visible(False)
    _plain(axes, told, keep="bottom")
    return figure


def tile_map(told: Mapping[str, Any]) -> Figure:
    """Returns a map with one square for each municipality; colours show what is known from there, dots show
    partners.
    """
    tiles = told["tiles"]
    wide, high = max(tile["column"] for tile in tiles) + 1, max(tile["row"] for tile in tiles) + 1
    width = 10.6
    figure = Figure(figsize=(width, width * high / wide + 1.9), dpi=DPI, layout="constrained")
    axes = figure.add_subplot()
    size = 13 if wide < 18 else 10
    for tile in tiles:
        colour, ink, pattern = STATES[tile["state"]]
        column, row = tile["column"], tile["row"]
        axes.add_patch(
            FancyBboxPatch((column + 0.06, row + 0.06), 0.88, 0.88, boxstyle="round,pad=0,rounding_size=0.1",
                           facecolor=colour, edgecolor="white" if pattern else colour, hatch=pattern, linewidth=0)
        )  # fmt: skip
        box = {"facecolor": colour, "edgecolor": "none", "pad": 0.8} if pattern else None
        axes.text(column + 0.5, row + 0.5, tile["label"], ha="center", va="center", fontsize=size, color=ink, bbox=box)
        if tile["partners"]:
            axes.plot(column + 0.84, row + 0.16, markersize=size, **PARTNER)
    axes.set_xlim(0, wide)
    axes.set_ylim(high, 0)
    axes.set_aspect("equal")
    axes.axis("off")
    axes.set_title(told["title"], loc="left", fontsize=22, fontweight="bold", pad=12)
    keys = [Patch(facecolor=STATES[state][0], hatch=STATES[state][2], edgecolor="white", label=name)
            for state, name in told["states"].items()]  # fmt: skip
    partners = [Line2D([], [], markersize=13, label=told["partners"], **PARTNER)] if told["partners"] else []
    figure.legend(handles=[*keys, *partners], loc="outside lower left", ncols=2 if partners else 3, frameon=False,
                  fontsize=17, handleheight=1.4)  # fmt: skip
    return figure


def _plain(axes: Any, told: Mapping[str, Any], *, keep: str) -> None:
    """Remove all decoration except the title, the bars and their names."""
    for side, spine in axes.spines.items():
        spine.set_visible(side == keep)
        spine.set_color("#888888")
    axes.tick_params(length=0)
    axes.figure.get_layout_engine().set(w_pad=0.12, h_pad=0.12)
    axes.figure.suptitle(textwrap.fill(told["title"], 44), x=0.02, ha="left", fontsize=17, fontweight="bold")
    if told["note"]:
        axes.figure.supxlabel(told["note"], x=0.02, ha="left", fontsize=12)


KINDS = {"bars": bars, "columns": columns, "map": tile_map}


def main() -> None:
    """Draw the picture described on standard input."""
    told = json.load(sys.stdin)
    picture = io.BytesIO()
    KINDS[told["kind"]](told).savefig(picture, format="png")
    sys.stdout.buffer.write(picture.getvalue())


if __name__ == "__main__":
    main()
