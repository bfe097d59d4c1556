"""Agreed times: the register, and the time on the ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0021"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "appointment",
        sa.Column("id", BIG, nullable=False),
        sa.Column("tenant_id", BIG, nullable=False),
        sa.Column("service_id", BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ticket_id", BIG, nullable=True),
        sa.Column("mall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_appointment_mall_id")),
        sa.ForeignKeyConstraint(
            ["mall_id", "tenant_id"], ["tenant.mall_id", "tenant.id"], name=op.f("fk_appointment_mall_id_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["mall_id", "service_id"], ["service.mall_id", "service.id"], name=op.f("fk_appointment_mall_id_service_id")
        ),
        sa.ForeignKeyConstraint(
            ["mall_id", "ticket_id"], ["ticket.mall_id", "ticket.id"], name=op.f("fk_appointment_mall_id_ticket_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("mall_id", "day", "code", name=op.f("uq_appointment_mall_id_day_code")),
    )
    op.create_index("ix_appointment_code", "appointment", ["mall_id", "code"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("appointment")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_column("agreed_at")
