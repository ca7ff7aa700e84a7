"""`python -m sarau`: the same as `sarau`."""

from sarau.wiring.main import main

main()
