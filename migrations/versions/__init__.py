"""One file a revision. It imports alembic and sqlalchemy alone, or old revisions would change meaning."""
