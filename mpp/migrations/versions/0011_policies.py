"""Policies of tenants, and from when on they hold."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("mall", schema=None) as batch_op:
        batch_op.add_column(sa.Column("policy_changes", sa.Text(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("mall", schema=None) as batch_op:
        batch_op.drop_column("policy_changes")
