"""The process: settings, logs, counters, timers and health."""
