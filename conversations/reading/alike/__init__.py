"""Which initiatives are alike: the same one reported twice, or the same idea at another library, in any language."""
