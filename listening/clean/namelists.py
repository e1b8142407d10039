"""Given names by list: more than the shared list has, and those that are words, places or brands too."""

from listening.clean.guard import words

GIVEN = words("rarer_names")  # for cues that ask for a listed name
UNSURE = words("wordlike_names")  # left where they stand in lower case, or where little tells a person
