"""The process: settings, logs, counters, timers, health."""
