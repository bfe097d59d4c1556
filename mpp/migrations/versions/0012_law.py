"""Editions of the rules that a mall is measured by, as the mall entered them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "law_edition",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("instrument", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_law_edition_mall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_edition")),
        sa.UniqueConstraint(
            "mall_id", "instrument", "valid_from", name=op.f("uq_law_edition_mall_id_instrument_valid_from")
        ),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("law_edition")
