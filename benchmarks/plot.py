"""Time and memory over the number of questions → an SVG."""

from collections.abc import Mapping
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.measure import Cost


def growth(costs: Mapping[str, Mapping[int, Cost]], path: Path) -> None:
    """A line for each program, by its name; both axes have logarithmic scales."""
    mpl.rcParams["svg.hashsalt"] = "octdeck"
    figure = Figure(figsize=(9, 4), layout="constrained")
    for axes, what, unit in zip(figure.subplots(1, 2), ("seconds", "megabytes"), ("s", "MB"), strict=True):
        for (name, by_size), mark in zip(costs.items(), "os^", strict=True):
            axes.plot(list(by_size), [getattr(cost, what) for cost in by_size.values()], marker=mark, label=name)
        axes.set(xscale="log", yscale="log", xlabel="questions", ylabel=unit, title=what)
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(path, format="svg", metadata={"Date": None})
