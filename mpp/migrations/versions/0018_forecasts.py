"""What was foretold with every number, and what then happened."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "ticket_forecast",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("tenant_id", BIG, nullable=False),
        sa.Column("service_id", BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_priority", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mean", sa.Double(), nullable=False),
        sa.Column("q10", sa.Double(), nullable=False),
        sa.Column("q25", sa.Double(), nullable=False),
        sa.Column("q50", sa.Double(), nullable=False),
        sa.Column("q75", sa.Double(), nullable=False),
        sa.Column("q90", sa.Double(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("fate", sa.String(length=16), nullable=False),
        sa.Column("waited", sa.Double(), nullable=True),
        sa.Column("mall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_ticket_forecast_mall_id")),
        sa.ForeignKeyConstraint(
            ["mall_id", "ticket_id"],
            ["ticket.mall_id", "ticket.id"],
            name=op.f("fk_ticket_forecast_mall_id_ticket_id"),
        ),
        sa.ForeignKeyConstraint(
            ["mall_id", "tenant_id"],
            ["tenant.mall_id", "tenant.id"],
            name=op.f("fk_ticket_forecast_mall_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["mall_id", "service_id"],
            ["service.mall_id", "service.id"],
            name=op.f("fk_ticket_forecast_mall_id_service_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_forecast")),
        sa.UniqueConstraint("mall_id", "ticket_id", name=op.f("uq_ticket_forecast_mall_id_ticket_id")),
    )
    op.create_index("ix_ticket_forecast_day", "ticket_forecast", ["mall_id", "day", "tenant_id"])
    op.create_index("ix_ticket_forecast_fate", "ticket_forecast", ["mall_id", "fate", "day"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("ticket_forecast")
