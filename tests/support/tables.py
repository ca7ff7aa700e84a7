"""Tables of the tests' own, made beside those of the house."""

from sqlalchemy import Table
from sqlalchemy.schema import CreateTable

from sarau.foundation.database.database import Database
from sarau.foundation.database.query import Compiled


async def run_sql(database: Database, sql: str) -> None:
    """Run a statement that SQLAlchemy has no words for, in a transaction of its own."""
    async with database.engine.writing() as connection:
        await connection.execute(Compiled(sql), (), False)


async def create(database: Database, *tables: Table) -> None:
    """Make tables in an open database."""
    for table in tables:
        await run_sql(database, str(CreateTable(table).compile(dialect=database.engine.dialect)))
