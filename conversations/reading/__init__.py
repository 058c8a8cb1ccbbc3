"""Reading what people write: numbers, dates, contacts, links, lists."""
