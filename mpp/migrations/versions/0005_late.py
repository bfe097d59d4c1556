"""late: visitors who step back, and visitors who were sent on."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SENT = sa.text("for_counter_id IS NOT NULL")


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("ticket") as ticket:
        ticket.add_column(sa.Column("transferred_at", sa.DateTime(timezone=True), nullable=True))
        ticket.add_column(sa.Column("deferred", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_ticket_sent", "ticket", ["for_counter_id"], sqlite_where=SENT, postgresql_where=SENT)


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_ticket_sent", table_name="ticket")
    with op.batch_alter_table("ticket") as ticket:
        ticket.drop_column("deferred")
        ticket.drop_column("transferred_at")
