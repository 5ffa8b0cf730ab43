"""What can go wrong on this floor. A class's docstring is its message, with its fields filled in.

KnowledgeError
├── ModelUnusable              (the engine then works from words alone)
│   ├── ModelMissing
│   └── ModelDamaged
├── CollectionMalformed        (evaluate, imports and the starter files)
├── DraftUnknown
├── EntriesAreOne
├── EntryExists
├── EntryUnfit
├── EntryUnknown
├── ExportUnfit
├── FileUnreadable
├── FormatUnknown
├── ProposalUnknown
├── RevisionSuperseded
├── RevisionUnknown
├── SolutionUnknown
├── ThemeUnknown
└── TrialUnfit
"""

from __future__ import annotations

import inspect


class KnowledgeError(Exception):
    """Something about the knowledge base is not as it should be."""

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(inspect.cleandoc(type(self).__doc__ or "").format(**fields))


class ModelUnusable(KnowledgeError):
    """The sentence model cannot be used."""


class ModelMissing(ModelUnusable):
    """The sentence model's file {file} is missing: run `make setup`, or set SEMANTIC_MODEL_DIR."""


class ModelDamaged(ModelUnusable):
    """The sentence model's file {file} is not the one expected (its SHA-256 differs)."""


class CollectionMalformed(KnowledgeError):
    """{file}: {item}: {field}: {reason}"""


class DraftUnknown(KnowledgeError):
    """There is no draft {entry_id} waiting (somebody may have settled it already)."""


class EntriesAreOne(KnowledgeError):
    """{entry_id} and {other_id} are one entry already."""


class EntryExists(KnowledgeError):
    """There is already an entry with the id {entry_id}."""


class EntryUnfit(KnowledgeError):
    """An entry's {field} {reason}."""


class EntryUnknown(KnowledgeError):
    """There is no live entry with the id {entry_id}."""


class ExportUnfit(KnowledgeError):
    """Nothing was exported: {reason}"""


class FileUnreadable(KnowledgeError):
    """This cannot be read as {kind}: {reason}."""


class FormatUnknown(KnowledgeError):
    """{name} should end with .csv, .xlsx, .json or .yaml (or say which it is with --format)."""


class ProposalUnknown(KnowledgeError):
    """There is no wording number {proposal_id} waiting (somebody may have settled it already)."""


class RevisionSuperseded(KnowledgeError):
    """Change {revision_id} cannot be undone: the entry changed again since."""


class RevisionUnknown(KnowledgeError):
    """There is no change number {revision_id}."""


class SolutionUnknown(KnowledgeError):
    """There is no solution number {solution_id}."""


class ThemeUnknown(KnowledgeError):
    """There is no theme called {theme}."""


class TrialUnfit(KnowledgeError):
    """What was learnt {reason}."""
