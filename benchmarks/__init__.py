"""What is measured, against whom; ``python -m benchmarks`` runs all and writes RESULTS.md."""
