"""What is measured on: made once, kept in bench/data, the same in every run."""
