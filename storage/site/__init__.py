"""What anyone may read: published initiatives, calls, collections, events and digests, without anything else."""
