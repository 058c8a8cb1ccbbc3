"""`meldind try`: the whole bot on this machine, with people's phones on a page in the browser.

Nothing heavy is imported here: the bot starts in a process of its own while the page is being made ready.
"""
