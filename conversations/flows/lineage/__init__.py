"""What a report has to do with others: asked before it is sent, shown on cards and in the queue of reviews."""
