"""Pictures made on the server: SVG without scripts, which loads nothing and keeps to two colours.

A picture never stands alone: the page has the same figures in a table, for whoever cannot see it.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from xml.etree.ElementTree import Element

import pygal
from pygal.style import Style
from starlette.responses import Response

# Pygal looks for its maps with an import hook of an old kind, which Python warns of at each import.
sys.meta_path[:] = [one for one in sys.meta_path if type(one).__module__ != pygal.__name__]

WIDTH, HEIGHT = 480, 270
"""Small, so that its words can still be read on a phone."""
_COLOURS = """
svg { --ink: #1c2427; --quiet: #56636a; --line: #dcd8cf; --one: #0b6b66; --on-one: #ffffff;
  --two: #d9c9a8; --on-two: #1c2427; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #e8edee; --quiet: #a5b1b6; --line: #333d41; --one: #7fd4ca; --on-one: #0c2b29;
    --two: #6b5a33; --on-two: #ffffff; }
}
"""
_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="var(--ink)",
    foreground_strong="var(--ink)",
    foreground_subtle="var(--line)",
    colors=("var(--one)", "var(--two)"),
    value_colors=("var(--on-one)", "var(--on-two)"),
    font_family="system-ui, sans-serif",
    label_font_size=16,
    major_label_font_size=16,
    legend_font_size=16,
    value_font_size=16,
    guide_stroke_color="var(--line)",
    major_guide_stroke_color="var(--line)",
    opacity="1",
    opacity_hover="1",
    transition="none",
)
_SETTINGS = {
    "style": _STYLE,
    "js": (),
    "css": ("file://style.css", "file://graph.css", f"inline:{_COLOURS}"),
    "width": WIDTH,
    "print_values": True,
    "print_zeroes": False,
    "disable_xml_declaration": True,
    "truncate_legend": -1,
    "truncate_label": -1,
    "margin": 8,
}


def rhythm(came: Sequence[tuple[date, int, int]]) -> str:
    """A bar a session: its day, how many came and how many did not."""
    chart = pygal.StackedBar(
        height=HEIGHT,
        legend_at_bottom=True,
        y_labels=_whole(max((one + away for _, one, away in came), default=1)),
        **_SETTINGS,
    )
    chart.x_labels = [f"{on.day} {on:%b}" for on, _, _ in came]
    chart.add("Came", [one for _, one, _ in came])
    chart.add("Away", [away for _, _, away in came])
    return _drawn(chart)


def counts(numbers: Mapping[str, int]) -> str:
    """A bar for each, the first on top."""
    chart = pygal.HorizontalBar(
        height=HEIGHT,
        show_legend=False,
        y_labels=_whole(max(numbers.values(), default=1)),
        **_SETTINGS,
    )
    chart.x_labels = list(numbers)[::-1]
    chart.add("", list(numbers.values())[::-1])
    return _drawn(chart)


def _whole(most: int) -> list[int]:
    """Marks of an axis that counts people or things: whole numbers, six at most."""
    step = max(1, -(-most // 5))
    return list(range(0, most + step, step))


def _drawn(chart: pygal.Graph) -> str:
    chart.add_xml_filter(_bare)
    return str(chart.render(is_unicode=True))


def _bare(root: Element) -> Element:
    """Without scripts, what shows only under a mouse, and comments, which say when it was made."""
    for parent in root.iter():
        for child in list(parent):
            tag = str(child.tag)
            is_comment = tag.startswith("<")  # its tag is no name
            if is_comment or tag.endswith("script") or "tooltip" in child.get("class", "").split():
                parent.remove(child)
            elif tag.endswith("title") and child.text == "Pygal":
                child.text = "Figures of a set"
    return root


def answer(picture: str) -> Response:
    """The picture under a policy that allows its own style and nothing else."""
    styles = re.findall(r"<style[^>]*>(.*?)</style>", picture, re.DOTALL)
    hashes = " ".join(f"'sha256-{_hash(_text(style))}'" for style in styles)
    return Response(
        picture,
        media_type="image/svg+xml",
        headers={"Content-Security-Policy": f"default-src 'none'; style-src {hashes}; sandbox"},
    )


def _text(style: str) -> str:
    """As a browser reads it."""
    return style.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
