"""Complaints with their steps and contacts; slips of their own text; who answers for complaints in a mall."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "complaint",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("identity", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("tenant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("service_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("handler_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("due_first", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("alarm", sa.String(length=16), nullable=True),
        sa.Column("alarm_on", sa.Date(), nullable=True),
        sa.Column("reacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("respond_by", sa.Date(), nullable=True),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.Column("reopened", sa.Boolean(), nullable=False),
        sa.Column("has_contact", sa.Boolean(), nullable=False),
        sa.Column("has_text", sa.Boolean(), nullable=False),
        sa.Column("slip_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("mall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "handler_id"], ["tenant.mall_id", "tenant.id"], name=op.f("fk_complaint_mall_id_handler_id")
        ),
        sa.ForeignKeyConstraint(
            ["mall_id", "service_id"], ["service.mall_id", "service.id"], name=op.f("fk_complaint_mall_id_service_id")
        ),
        sa.ForeignKeyConstraint(
            ["mall_id", "slip_id"], ["slip.mall_id", "slip.id"], name=op.f("fk_complaint_mall_id_slip_id")
        ),
        sa.ForeignKeyConstraint(
            ["mall_id", "tenant_id"], ["tenant.mall_id", "tenant.id"], name=op.f("fk_complaint_mall_id_tenant_id")
        ),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_complaint_mall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("code", name=op.f("uq_complaint_code")),
        sa.UniqueConstraint("mall_id", "id", name=op.f("uq_complaint_mall_id_id")),
        sa.UniqueConstraint("mall_id", "number", name=op.f("uq_complaint_mall_id_number")),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index("ix_complaint_alarm", ["mall_id", "alarm_on"], unique=False)
        batch_op.create_index("ix_complaint_keep", ["mall_id", "keep_until"], unique=False)
        batch_op.create_index("ix_complaint_respond", ["mall_id", "state", "respond_by"], unique=False)

    op.create_table(
        "complaint_contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("complaint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=True),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "complaint_id"],
            ["complaint.mall_id", "complaint.id"],
            name=op.f("fk_complaint_contact_mall_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_complaint_contact_mall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_contact")),
        sa.UniqueConstraint("mall_id", "complaint_id", name=op.f("uq_complaint_contact_mall_id_complaint_id")),
    )
    with op.batch_alter_table("complaint_contact", schema=None) as batch_op:
        batch_op.create_index("ix_complaint_contact_erase", ["mall_id", "erase_at"], unique=False)

    op.create_table(
        "complaint_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("complaint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("mall_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "complaint_id"],
            ["complaint.mall_id", "complaint.id"],
            name=op.f("fk_complaint_step_mall_id_complaint_id"),
        ),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_complaint_step_mall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_step")),
    )
    with op.batch_alter_table("complaint_step", schema=None) as batch_op:
        batch_op.create_index("ix_complaint_step", ["mall_id", "complaint_id"], unique=False)

    with op.batch_alter_table("mall", schema=None) as batch_op:
        batch_op.add_column(sa.Column("complaints", sa.Text(), server_default="{}", nullable=False))

    with op.batch_alter_table("slip", schema=None) as batch_op:
        batch_op.add_column(sa.Column("title", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("paper", sa.Text(), nullable=True))
        batch_op.alter_column("ticket_id", existing_type=sa.INTEGER(), nullable=True)


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("complaint_step", schema=None) as batch_op:
        batch_op.drop_index("ix_complaint_step")

    op.drop_table("complaint_step")
    with op.batch_alter_table("complaint_contact", schema=None) as batch_op:
        batch_op.drop_index("ix_complaint_contact_erase")

    op.drop_table("complaint_contact")
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.drop_index("ix_complaint_respond")
        batch_op.drop_index("ix_complaint_keep")
        batch_op.drop_index("ix_complaint_alarm")

    op.drop_table("complaint")

    op.execute("DELETE FROM slip WHERE ticket_id IS NULL")
    with op.batch_alter_table("slip", schema=None) as batch_op:
        batch_op.alter_column("ticket_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("paper")
        batch_op.drop_column("title")

    with op.batch_alter_table("mall", schema=None) as batch_op:
        batch_op.drop_column("complaints")
