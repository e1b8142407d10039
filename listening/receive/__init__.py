"""Receive: files from outside, read, understood, guarded, and handed to the one way into the store.

    files, trees, paste    bytes -> a sheet of rows: CSV, Excel, Parquet; JSON; a pasted block
    grid                   where in a table the header stands
    words, columns         which column is what, and which never come in
    days                   dates as they are written here, and in America
    markings               confidential and exempt papers
    posts, own             rows -> raw posts; what our own exports hold
    deed                   shown, asked, done (``command``: from the command line)

Nothing here writes but ``deed``, and that only through ``pipeline.bring_in``.
"""
