"""keywords: what visitors call a service."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("service") as service:
        service.add_column(sa.Column("keywords", sa.Text(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("service") as service:
        service.drop_column("keywords")
