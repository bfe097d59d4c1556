"""Pictures and videos on the boards."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "media",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("zone_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("alt", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_media_mall_id")),
        sa.ForeignKeyConstraint(
            ["mall_id", "zone_id"], ["zone.mall_id", "zone.id"], name=op.f("fk_media_mall_id_zone_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
        sa.UniqueConstraint("mall_id", "id", name=op.f("uq_media_mall_id_id")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("media")
