"""The import on disk: one SQLite file per import, the one door to sqlite3.

Holds rows, checked contacts, batches and outcomes; refuses to know what any of them mean to a provider.
"""
