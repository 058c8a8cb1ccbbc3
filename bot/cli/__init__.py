"""The commands of `meldind`."""
