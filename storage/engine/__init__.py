"""How statements reach SQLite and PostgreSQL: connections, transactions, kinds of columns, errors."""
