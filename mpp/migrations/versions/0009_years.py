"""Indexes with which a hall is as fast after years as on its first day."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_ticket_state", "ticket", ["mall_id", "state", "day"]),
    ("ix_slip_due", "slip", ["mall_id", "state", "expires_at"]),
    ("ix_lease_ended", "lease", ["mall_id", "ended_at", "day"]),
    ("ix_announcement_state", "announcement", ["mall_id", "state"]),
)


def upgrade() -> None:
    """Go one step forward."""
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    """Go one step back."""
    for name, table, _ in reversed(INDEXES):
        op.drop_index(name, table_name=table)
