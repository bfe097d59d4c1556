"""Versions of service standards; the mall's own service pledge."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("mall", sa.Column("pledge", sa.String(), nullable=True))
    op.create_table(
        "standard_version",
        sa.Column("id", BIG, nullable=False),
        sa.Column("service_id", BIG, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_standard_version_mall_id")),
        sa.ForeignKeyConstraint(
            ["mall_id", "service_id"],
            ["service.mall_id", "service.id"],
            name=op.f("fk_standard_version_mall_id_service_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_version")),
    )
    op.create_index(op.f("ix_standard_version_mall_id_service_id"), "standard_version", ["mall_id", "service_id"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("standard_version")
    op.drop_column("mall", "pledge")
