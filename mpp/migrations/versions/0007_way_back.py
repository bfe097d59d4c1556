"""The way back, outcomes, and notes."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "ticket_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("counter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.String(length=140), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "counter_id"], ["counter.mall_id", "counter.id"], name=op.f("fk_ticket_note_mall_id_counter_id")
        ),
        sa.ForeignKeyConstraint(
            ["mall_id", "ticket_id"], ["ticket.mall_id", "ticket.id"], name=op.f("fk_ticket_note_mall_id_ticket_id")
        ),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_ticket_note_mall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_note")),
        sa.UniqueConstraint("mall_id", "ticket_id", name=op.f("uq_ticket_note_mall_id_ticket_id")),
    )
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.add_column(sa.Column("outcomes", sa.Text(), server_default="[]", nullable=False))

    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("back_to_counter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(
            sa.Column("back_to_service_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("outcome", sa.String(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_ticket_mall_id_back_to_counter_id"),
            "counter",
            ["mall_id", "back_to_counter_id"],
            ["mall_id", "id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_ticket_mall_id_back_to_service_id"),
            "service",
            ["mall_id", "back_to_service_id"],
            ["mall_id", "id"],
        )


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_ticket_mall_id_back_to_service_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_ticket_mall_id_back_to_counter_id"), type_="foreignkey")
        batch_op.drop_column("outcome")
        batch_op.drop_column("back_to_service_id")
        batch_op.drop_column("back_to_counter_id")

    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.drop_column("outcomes")

    op.drop_table("ticket_note")
