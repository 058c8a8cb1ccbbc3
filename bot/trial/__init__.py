"""`meldind try`: the whole bot on this machine, with simulated phones on a page in the browser.

It imports nothing heavy: the bot starts in a separate process while the page is prepared.
"""
