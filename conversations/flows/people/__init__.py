"""People: invitations, roles, organisations, settings, the audit trail."""
