"""Versions of standards are found by their state: the timekeeper asks every second which are due."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_index("ix_standard_version_state", "standard_version", ["mall_id", "state", "effective_on"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_standard_version_state", "standard_version")
