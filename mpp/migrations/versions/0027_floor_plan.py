"""The floor plan: pictures of the hall."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "floor_plan",
        sa.Column("id", BIG, nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_floor_plan_mall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_floor_plan")),
    )
    op.create_index("ix_floor_plan_mall_id", "floor_plan", ["mall_id", "until"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_floor_plan_mall_id", "floor_plan")
    op.drop_table("floor_plan")
