"""offline: numbers that kiosks hold for the time when their line is lost."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SETTINGS = '{"numbers":20,"first":701,"minutes":240}'
"""What a mall has that was described before there was this setting."""

COLUMNS = (
    ("mall", "offline", sa.Text(), SETTINGS),
    ("series", "leased_from", sa.Integer(), "0"),
    ("series", "leased", sa.Integer(), "0"),
    ("ticket", "offline", sa.Boolean(), sa.false()),
)


def upgrade() -> None:
    """Go one step forward."""
    for table, name, kind, before in COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=before))
    op.create_table(
        "lease",
        sa.Column("id", ID, nullable=False),
        sa.Column("device_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mall_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["mall_id", "device_id"], ["device.mall_id", "device.id"], name=op.f("fk_lease_mall_id_device_id")
        ),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_lease_mall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lease")),
        sa.UniqueConstraint("mall_id", "day", "series", "first", name=op.f("uq_lease_mall_id_day_series_first")),
    )
    with op.batch_alter_table("lease", schema=None) as batch_op:
        batch_op.create_index("ix_lease_open", ["mall_id", "device_id", "ended_at"], unique=False)


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("lease", schema=None) as batch_op:
        batch_op.drop_index("ix_lease_open")
    op.drop_table("lease")
    for table, name, _, _ in reversed(COLUMNS):
        op.drop_column(table, name)
