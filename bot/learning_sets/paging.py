"""Pages: blocks of text put together so that none is longer than a message may be."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

GAP = "\n\n"


def pages(blocks: Iterable[str], longest: int) -> tuple[str, ...]:
    """The blocks in order, as many on a page as fit in `longest` characters; one page at least."""
    made = [""]
    for block in _fitting(blocks, longest):
        together = f"{made[-1]}{GAP}{block}" if made[-1] else block
        if len(together) <= longest:
            made[-1] = together
        else:
            made.append(block)
    return tuple(made)


def _fitting(blocks: Iterable[str], longest: int) -> Iterator[str]:
    """A block that is longer than a page goes on over several."""
    for block in filter(None, blocks):
        if len(block) <= longest:
            yield block
        else:
            yield from textwrap.wrap(block, longest, replace_whitespace=False)
