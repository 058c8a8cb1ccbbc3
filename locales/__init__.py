"""The gettext catalogues."""
