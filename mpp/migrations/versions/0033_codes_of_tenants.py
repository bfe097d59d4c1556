"""Two tenants may use the same code on the same day: agencies know nothing of each other's."""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

BEFORE, AFTER = ["mall_id", "day", "code"], ["mall_id", "day", "tenant_id", "code"]


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_appointment_mall_id_day_code"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_appointment_mall_id_day_tenant_id_code"), AFTER)


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_appointment_mall_id_day_tenant_id_code"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_appointment_mall_id_day_code"), BEFORE)
