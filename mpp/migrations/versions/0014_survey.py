"""The survey: how tickets are drawn, what was answered, what is to follow; and how a mall asks."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ELEMENTS = ("u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9")


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("mall", schema=None) as batch_op:
        batch_op.add_column(sa.Column("survey", sa.Text(), server_default="{}", nullable=False))
    op.create_table(
        "survey_day",
        sa.Column("id", BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tenant_id", BIG, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("finished", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("carried", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=True),
        sa.Column("mall_id", BIG, nullable=False),
        *_within("survey_day", "tenant"),
        sa.UniqueConstraint("mall_id", "day", "tenant_id", name=op.f("uq_survey_day_mall_id_day_tenant_id")),
    )
    op.create_table(
        "survey_turn",
        sa.Column("id", BIG, nullable=False),
        sa.Column("ticket_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("mall_id", BIG, nullable=False),
        *_within("survey_turn", "ticket"),
        sa.UniqueConstraint("mall_id", "ticket_id", "kind", name=op.f("uq_survey_turn_mall_id_ticket_id_kind")),
    )
    op.create_table(
        "survey_answer",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        *_served(),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=True),
        *(sa.Column(element, sa.Integer(), nullable=True) for element in ELEMENTS),
        *_within("survey_answer", "tenant", "service"),
    )
    op.create_table(
        "quick_rating",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        *_served(),
        sa.Column("mark", sa.Integer(), nullable=False),
        *_within("quick_rating", "tenant", "service"),
    )
    for table in ("survey_answer", "quick_rating"):
        op.create_index(f"ix_{table}_day", table, ["mall_id", "day"], unique=False)
    op.create_table(
        "survey_plan",
        sa.Column("id", BIG, nullable=False),
        sa.Column("tenant_id", BIG, nullable=True),
        sa.Column("element", sa.String(length=16), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mall_id", BIG, nullable=False),
        *_within("survey_plan", "tenant"),
    )


def _served() -> list[sa.Column[object]]:
    return [
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tenant_id", BIG, nullable=False),
        sa.Column("service_id", BIG, nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("mall_id", BIG, nullable=False),
    ]


def _within(table: str, *targets: str) -> list[sa.Constraint]:
    """Tie a table to its mall, and to rows of others in the same mall."""
    return [
        sa.ForeignKeyConstraint(["mall_id"], ["mall.id"], name=op.f(f"fk_{table}_mall_id")),
        *(
            sa.ForeignKeyConstraint(
                ["mall_id", f"{of}_id"], [f"{of}.mall_id", f"{of}.id"], name=op.f(f"fk_{table}_mall_id_{of}_id")
            )
            for of in targets
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def downgrade() -> None:
    """Go one step back."""
    for table in ("survey_plan", "quick_rating", "survey_answer", "survey_turn", "survey_day"):
        op.drop_table(table)
    with op.batch_alter_table("mall", schema=None) as batch_op:
        batch_op.drop_column("survey")
