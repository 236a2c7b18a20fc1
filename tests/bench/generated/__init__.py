"""A made-up site of any size, for benchmarks. Words, people and shapes all come from one seed."""
