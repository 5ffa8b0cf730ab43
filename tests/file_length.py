"""`make check`: no Python file outgrows its noun."""

from __future__ import annotations

import sys
from pathlib import Path

LONGEST = 300
FROZEN = Path("migrations/versions")


def too_long(root: Path) -> list[str]:
    found = []
    for folder in ("bot", "handlers", "knowledge", "migrations", "tests"):
        for file in sorted((root / folder).rglob("*.py")):
            if FROZEN in file.relative_to(root).parents:
                continue
            lines = len(file.read_text().splitlines())
            if lines > LONGEST:
                found.append(f"{file.relative_to(root)}: {lines} lines, {LONGEST} at most")
    return found


if __name__ == "__main__":
    complaints = too_long(Path(__file__).parent.parent)
    sys.stdout.writelines(f"{line}\n" for line in complaints)
    sys.exit(bool(complaints))
