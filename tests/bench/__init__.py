"""`make bench`: how fast the bot answers, and what that costs, beside other bots. More in docs/benchmark.md."""
