"""Numbers, ranges and sentences: frames in, figures and words out; no clock, no file, no network."""
