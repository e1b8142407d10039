"""Begin: an area of one's own, from a council's name.

councils    which council is meant, and of what type it is
charge      who runs which duty, by type
outline     boundaries made light
opennames   streets and places from OS Open Names
draft       what is found, as the text of wards.yaml and sources.yaml
folder      the files, written whole or not at all
told        what is there and what is missing, in plain words
command     ``python -m listening init``
"""
