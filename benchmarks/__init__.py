"""What is measured, against whom; ``python -m benchmarks`` runs all and writes RESULTS.md."""

import os

os.environ["LISTENING_STORE"] = ""  # nothing is measured in a store of yours: what is empty, .env leaves so
