"""Readiness: what people put on record for the checks, and how the checks stood."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "readiness_record",
        sa.Column("id", BIG, nullable=False),
        sa.Column("check_id", sa.String(), nullable=False),
        sa.Column("tenant_id", BIG, nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("mall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_readiness_record_mall_id")),
        sa.ForeignKeyConstraint(
            ["mall_id", "tenant_id"],
            ["tenant.mall_id", "tenant.id"],
            name=op.f("fk_readiness_record_mall_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness_record")),
        sa.UniqueConstraint("mall_id", "id", name=op.f("uq_readiness_record_mall_id_id")),
    )
    op.create_index("ix_readiness_record_check", "readiness_record", ["mall_id", "check_id"])
    op.create_table(
        "readiness_file",
        sa.Column("id", BIG, nullable=False),
        sa.Column("record_id", BIG, nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("mall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_readiness_file_mall_id")),
        sa.ForeignKeyConstraint(
            ["mall_id", "record_id"],
            ["readiness_record.mall_id", "readiness_record.id"],
            name=op.f("fk_readiness_file_mall_id_record_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness_file")),
        sa.UniqueConstraint("mall_id", "record_id", name=op.f("uq_readiness_file_mall_id_record_id")),
    )
    op.create_table(
        "readiness_day",
        sa.Column("id", BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("check_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("mall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_readiness_day_mall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness_day")),
        sa.UniqueConstraint("mall_id", "day", "check_id", name=op.f("uq_readiness_day_mall_id_day_check_id")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("readiness_day")
    op.drop_table("readiness_file")
    op.drop_index("ix_readiness_record_check", "readiness_record")
    op.drop_table("readiness_record")
