"""The store room: everything that is kept, in one SQLite file or one PostgreSQL database.

``connect(url)`` opens it; `Store` is its one door. Nothing else in the project knows SQL.
"""

from listening.store.door import Store, connect
from listening.store.opening import file_of, make_folder
from listening.store.writing import Written

__all__ = ["Store", "Written", "connect", "file_of", "make_folder"]
