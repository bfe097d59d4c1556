"""What kiosks do when those who take a number may not be served before closing."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("mall", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closing", sa.Text(), server_default="{}", nullable=False))


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("mall", schema=None) as batch_op:
        batch_op.drop_column("closing")
