"""The screen: a frame, a chooser, and one file a page; what draws never counts."""
