"""The sentences about suggested sets."""

from __future__ import annotations


def too_few_people(number: int) -> str:
    return (
        f"That makes no set yet: a set takes at least 6 people, and there "
        f"{'is' if number == 1 else 'are'} {number}."
    )


def why(
    members: int, theme: str, sharing: int, *, roles: int, seniorities: int, nations: int, met: int
) -> str:
    """Why these people, in a line."""
    common = f"{sharing} of {members} follow {theme}" if sharing > 1 else "no theme in common"
    kinds = [
        _count(roles, "role", "roles"),
        _count(seniorities, "level of seniority", "levels of seniority"),
        _count(nations, "nation", "nations"),
    ]
    mixed = [kind for kind in kinds if kind]
    before = {0: "nobody has met in a set before", 1: "1 pair has met in a set before"}
    return "; ".join(
        filter(
            None,
            (
                common,
                ", ".join(mixed),
                before.get(met, f"{met} pairs have met in a set before"),
            ),
        )
    )


def _count(number: int, one: str, more: str) -> str:
    return "" if number == 0 else f"{number} {one if number == 1 else more}"


HOW_TO_CONFIRM = (
    "Nothing is made yet. Write it to a file (--out FILE), move people by editing the column “set” "
    "and make the sets with --from FILE; or make them as they are with --confirm."
)


def made(number: int) -> str:
    return f"Made {_count(number, 'set', 'sets')}."
