"""Files and pictures that a coordinator can put before others."""
