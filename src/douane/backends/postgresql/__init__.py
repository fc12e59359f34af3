"""The store for several processes and hosts: PostgreSQL 15 or newer through psycopg 3, one connection an owner."""
