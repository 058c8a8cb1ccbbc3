"""People with roles, invitations, organisations, and the audit trail."""
