"""Updates made from the Bot API's specification, as they should be and broken in every way, through the real bot."""
