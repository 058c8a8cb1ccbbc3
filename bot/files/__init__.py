"""Files and pictures that a coordinator can show to others."""
