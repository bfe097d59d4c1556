"""Versions of the mall's description, for undoing."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "description_version",
        sa.Column("id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("put_back", sa.Integer(), nullable=True),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("mall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_description_version_mall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_description_version")),
        sa.UniqueConstraint("mall_id", "number", name=op.f("uq_description_version_mall_id_number")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("description_version")
