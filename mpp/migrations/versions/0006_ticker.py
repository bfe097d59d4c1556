"""Notices at the foot of the boards."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("zone", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ticker", sa.Text(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("zone", schema=None) as batch_op:
        batch_op.drop_column("ticker")
