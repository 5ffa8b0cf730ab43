"""What the network knows, in and out: files of entries, files to measure with, answers as JSON.

`importing`, `exporting` and `checking` are the use cases; each format has a module of its own.
"""

from __future__ import annotations

from knowledge.interchange.collection import (
    KnowledgeRow,
    OutOfScopeRow,
    QueryRow,
    ask_json,
    checked,
    knowledge_rows,
    malformed,
    out_of_scope_rows,
    query_rows,
)

__all__ = [
    "KnowledgeRow",
    "OutOfScopeRow",
    "QueryRow",
    "ask_json",
    "checked",
    "knowledge_rows",
    "malformed",
    "out_of_scope_rows",
    "query_rows",
]
