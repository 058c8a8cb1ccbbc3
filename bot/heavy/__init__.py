"""Heavy work: what is made in processes of their own, so that no reply waits for it."""
