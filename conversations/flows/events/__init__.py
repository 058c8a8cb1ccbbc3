"""Theme days, study visits, joint applications and national projects."""
