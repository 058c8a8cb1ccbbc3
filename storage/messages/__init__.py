"""Messages on their way in and out: inbox, outbox, notices, and which worker handles them."""
