"""Two tables whose rows always balance: what one of a pair gains the other loses."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)
from tests.support.tables import create

from sarau.foundation.database.database import Database
from sarau.foundation.database.portable import total
from sarau.foundation.database.query import Change, Query, scalar

accounts = Table(
    "accounts",
    MetaData(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("balance", BigInteger, nullable=False),
    Column("parent_id", Integer, ForeignKey("accounts.id")),
    Column("name", Text, unique=True),
)
_id = bindparam("the_id", type_=Integer())
_more = bindparam("more", type_=BigInteger())
OPEN = Change(insert(accounts))
ADD = Change(update(accounts).where(accounts.c.id == _id).values(balance=accounts.c.balance + _more))
SLOWLY_ADD = Change(ADD.statement, slow=True)
BALANCE = Query(select(accounts.c.balance).where(accounts.c.id == _id), scalar)
SLOW_BALANCE = Query(BALANCE.statement, scalar, slow=True)
SUM = Query(select(total(accounts.c.balance)), scalar)
SLOW_SUM = Query(SUM.statement, scalar, slow=True)


def account(number: int, **more: object) -> dict[str, object]:
    """Return the row of a new account."""
    return {"id": number, "balance": 0, "parent_id": None, "name": None} | more


async def open_accounts(database: Database, count: int = 2) -> None:
    """Make the table with so many accounts, numbered from 0."""
    await create(database, accounts)
    async with database.working() as work:
        await work.run_many(OPEN, [account(number) for number in range(count)])


async def balance(database: Database, number: int = 0) -> int:
    """Return the balance of an account."""
    async with database.reading() as reader:
        found: int = await reader.one(BALANCE, the_id=number)
    return found
