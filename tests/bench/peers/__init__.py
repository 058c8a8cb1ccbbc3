"""Short bots as the manuals of their frameworks would write them, all with the twelve questions of `questions`.

Each is a program of its own, run in an environment of its own; none of it is part of Meldind. They find the server by
`BOT_TOKEN` and `TELEGRAM_API_URL`, as Meldind does, and keep what they keep in the working directory.
"""
