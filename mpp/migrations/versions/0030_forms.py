"""Forms of services, and their versions; who answers for each tenant."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("service", sa.Column("forms", sa.Text(), server_default="[]", nullable=False))
    op.add_column("tenant", sa.Column("responsible", sa.String(), nullable=True))
    op.create_table(
        "forms_version",
        sa.Column("id", BIG, nullable=False),
        sa.Column("service_id", BIG, nullable=False),
        sa.Column("forms", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mall_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f("fk_forms_version_mall_id")),
        sa.ForeignKeyConstraint(
            ["mall_id", "service_id"],
            ["service.mall_id", "service.id"],
            name=op.f("fk_forms_version_mall_id_service_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forms_version")),
    )
    op.create_index("ix_forms_version_service", "forms_version", ["mall_id", "service_id"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_forms_version_service", "forms_version")
    op.drop_table("forms_version")
    op.drop_column("tenant", "responsible")
    op.drop_column("service", "forms")
