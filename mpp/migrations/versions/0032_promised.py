"""The most minutes that were promised with a number, as long as that holds."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("promised", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_column("promised")
