"""The tables of what the network knows. No member, no council: an entry can name nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from knowledge.database import one_of

ENTRY_ID_LENGTH = 64
THEME_ID_LENGTH = 64
TOKEN_LENGTH = 64
"""Characters of a token: a name for whoever acts that means nothing on this floor."""

Shape = TypeVar("Shape")


class Base(DeclarativeBase):
    """The one metadata of every floor; constraints have stable names, so migrations do too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime in and out, on databases that keep time zones and on those that don't.

    Raises ValueError for a naive datetime.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime cannot be stored: {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 (the shape that TypeDecorator asks for)
    ) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class AsJson(TypeDecorator[Shape], Generic[Shape]):
    """A frozen dataclass in and out, kept as JSON: no loose dict leaves the database."""

    impl = JSON
    cache_ok = True

    def __init__(self, shape: type[Shape]) -> None:
        super().__init__(none_as_null=True)
        self.shape = shape
        self._adapter = TypeAdapter(shape)

    def process_bind_param(self, value: Shape | None, dialect: Dialect) -> object:  # noqa: ARG002
        return None if value is None else self._adapter.dump_python(value, mode="json")

    def process_result_value(self, value: object, dialect: Dialect) -> Shape | None:  # noqa: ARG002
        return None if value is None else self._adapter.validate_python(value)


class EntryStatus(StrEnum):
    LIVE = "live"
    DRAFT = "draft"
    RETIRED = "retired"


class PhraseOrigin(StrEnum):
    STARTER = "starter"
    IMPORT = "import"
    HELPED = "helped"
    MODERATOR = "moderator"


entry_theme = Table(
    "entry_theme",
    Base.metadata,
    Column(
        "entry_id",
        String(ENTRY_ID_LENGTH),
        ForeignKey("entry.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column(
        "theme_id",
        String(THEME_ID_LENGTH),
        ForeignKey("theme.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    Column("position", Integer, nullable=False),
)


class Theme(Base):
    __tablename__ = "theme"

    id: Mapped[str] = mapped_column(String(THEME_ID_LENGTH), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    position: Mapped[int]
    also: Mapped[list[str]] = mapped_column(JSON, default=list)


class Entry(Base):
    """A problem with its solutions. `changed` is the number of the change that last touched it.

    `review_by` is the day from which a moderator should ask whether it is still true.
    """

    __tablename__ = "entry"

    id: Mapped[str] = mapped_column(String(ENTRY_ID_LENGTH), primary_key=True)
    problem: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text, default="")
    source_date: Mapped[date | None] = mapped_column(Date)
    status: Mapped[EntryStatus] = mapped_column(
        one_of(EntryStatus, "status"), default=EntryStatus.LIVE
    )
    changed: Mapped[int] = mapped_column(default=0, index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    review_by: Mapped[date | None] = mapped_column(Date, index=True)

    solutions: Mapped[list[Solution]] = relationship(
        order_by="Solution.position",
        collection_class=ordering_list("position"),
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    phrases: Mapped[list[Phrase]] = relationship(
        order_by="Phrase.id", cascade="all, delete-orphan", passive_deletes=True
    )
    vectors: Mapped[EntryVectors | None] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )


class Solution(Base):
    """One thing to try. A retired solution stays on record and is shown to nobody."""

    __tablename__ = "solution"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Phrase(Base):
    """Another wording that means the same entry."""

    __tablename__ = "phrase"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    origin: Mapped[PhraseOrigin] = mapped_column(one_of(PhraseOrigin, "origin"))


class PhraseProposal(Base):
    """A wording that members say means the entry, waiting for a moderator.

    `key` is of the normalised wording; a rejected one keeps its key, not its text, so that it is
    not proposed again. `supporters` counts the different members who said so; who is not known.
    """

    __tablename__ = "phrase_proposal"
    __table_args__ = (UniqueConstraint("entry_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    supporters: Mapped[int]
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rejected_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class LoweredWording(Base):
    """A wording, by its key alone, that the entry does not answer."""

    __tablename__ = "lowered_wording"

    entry_id: Mapped[str] = mapped_column(
        ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(64), primary_key=True)


class Term(Base):
    """A glossary row: an abbreviation, what it means and how else it is written."""

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("term", "means"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(String(64))
    means: Mapped[str] = mapped_column(String(300))
    also: Mapped[list[str]] = mapped_column(JSON, default=list)
    case_sensitive: Mapped[bool] = mapped_column(default=False)


class EntryVectors(Base):
    """The sentence vectors of one entry, so that a start never embeds again.

    `digest` is of the texts embedded; `data` is float16, row-major, (texts, dims).
    `pieces` are the word pieces of the problem and the phrases (`knowledge.pieces`), two values a
    byte, (pieces, dims / 2), and `counts` says, a byte each, how many of them each text has.
    """

    __tablename__ = "entry_vectors"

    entry_id: Mapped[str] = mapped_column(
        ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True
    )
    model: Mapped[str] = mapped_column(String(128))
    digest: Mapped[str] = mapped_column(String(64))
    dims: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    pieces: Mapped[bytes] = mapped_column(LargeBinary)
    counts: Mapped[bytes] = mapped_column(LargeBinary)


class KnowledgeState(Base):
    """One row: the number of the last change, and when the starter knowledge was laid in."""

    __tablename__ = "knowledge_state"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
    starter_loaded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
