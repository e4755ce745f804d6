"""The private notes' own revisions. Each imports alembic and sqlalchemy alone, or old revisions would change meaning."""
