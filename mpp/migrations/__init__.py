"""The history of the SQL shape, one file a step, the same for SQLite and PostgreSQL."""
