"""How tickets are printed, version by version."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "slip_layout",
        sa.Column("id", BIG, nullable=False),
        sa.Column("layout", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("mall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_slip_layout_mall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip_layout")),
    )
    op.create_index("ix_slip_layout_newest", "slip_layout", ["mall_id", "id"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("slip_layout")
