"""The pages: each asks the store, lets ``summarise`` say it, and draws."""
