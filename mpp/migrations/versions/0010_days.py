"""Days told as columns, for the history; how figures are shown."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("mall", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reporting", sa.Text(), server_default="{}", nullable=False))
    op.create_table(
        "day",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tenant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("legs", sa.LargeBinary(), nullable=False),
        sa.Column("hours", sa.LargeBinary(), nullable=False),
        sa.Column("mall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_day_mall_id")),
        sa.ForeignKeyConstraint(
            ["mall_id", "tenant_id"], ["tenant.mall_id", "tenant.id"], name=op.f("fk_day_mall_id_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day")),
        sa.UniqueConstraint("mall_id", "day", "tenant_id", name=op.f("uq_day_mall_id_day_tenant_id")),
    )
    op.create_table(
        "days_told",
        sa.Column("mall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_days_told_mall_id")),
        sa.PrimaryKeyConstraint("mall_id", name=op.f("pk_days_told")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("days_told")
    op.drop_table("day")
    with op.batch_alter_table("mall", schema=None) as batch_op:
        batch_op.drop_column("reporting")
