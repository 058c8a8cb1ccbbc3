"""`/metrics`: the bot's health and activity in the format of Prometheus.

This module and its library are imported only if MELDIND_HTTP is set.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from bot.runtime.counting import COUNTS, What
from bot.runtime.health import Health
from conversations.model.webhooks.webhook import Webhook

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

COUNTERS: Mapping[What, tuple[str, str]] = {
    "updates": ("Updates that came in and were kept.", ""),
    "turns": ("Updates that were handled.", ""),
    "quarantined": ("Updates that were set aside, because they could not be read or handled.", ""),
    "sends": ("Attempts to send something, by what became of them.", "fate"),
    "pauses": ("Pauses in which nothing is sent, by why.", "reason"),
    "site": ("Times the site of what is public was written, or could not be.", "result"),
    "strangers": ("Calls of the webhook without its secret.", ""),
    "webhooks": ("Messages to webhooks of other systems, by what became of them.", "result"),
}
"""The description of each counter, and the label for its kinds."""


def metrics(
    health: Health,
    ages: Mapping[str, float | None],
    mode: str,
    version: str,
    *,
    trouble: str,
    webhooks: Sequence[Webhook] = (),
    jobs: Mapping[tuple[str, str], int] | None = None,
) -> bytes:
    """Returns all figures. An unknown age is NaN; the age of waiting items is 0 if there are none.

    `jobs` has the number of heavy jobs by name and state.
    """
    registry = CollectorRegistry()
    registry.register(_Figures(health, ages, mode, version, trouble, webhooks, jobs or {}))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _Figures(Collector):
    def __init__(
        self,
        health: Health,
        ages: Mapping[str, float | None],
        mode: str,
        version: str,
        trouble: str,
        webhooks: Sequence[Webhook],
        jobs: Mapping[tuple[str, str], int],
    ) -> None:
        self._health = health
        self._ages = ages
        self._jobs = jobs
        self._info = {"mode": mode, "version": version}
        self._trouble = trouble
        self._webhooks = webhooks

    def collect(self) -> Iterable[Metric]:
        """Yields the figures, one metric family after another."""
        info = GaugeMetricFamily("meldind_build_info", "Which Meldind this is.", labels=list(self._info))
        info.add_metric(list(self._info.values()), 1)
        yield info
        yield GaugeMetricFamily("meldind_healthy", "1 while /healthz answers 200.", value=0 if self._trouble else 1)
        for name, what in _AGES.items():
            age = self._ages.get(name)
            nothing = 0.0 if name.startswith("oldest_") else float("nan")
            yield GaugeMetricFamily(f"meldind_{name}", what, value=nothing if age is None else age)
        if self._health.pending is not None:
            told = "Updates that Telegram holds for the webhook."
            yield GaugeMetricFamily("meldind_webhook_pending_updates", told, value=self._health.pending)
        yield self._of_heavy_jobs()
        yield from self._of_webhooks()
        for counted, (what, label) in COUNTERS.items():
            family = CounterMetricFamily(f"meldind_{counted}", what, labels=[label] if label else [])
            kinds = {kind: times for (each, kind), times in sorted(COUNTS.items()) if each == counted}
            for kind, times in (kinds or ({} if label else {"": 0})).items():
                family.add_metric([kind] if label else [], times)
            yield family

    def _of_heavy_jobs(self) -> Metric:
        told = "Heavy jobs that wait or run now, and those that failed in the last day."
        family = GaugeMetricFamily("meldind_heavy_jobs", told, labels=["job", "state"])
        for (name, state), number in sorted(self._jobs.items()):
            family.add_metric([name, state], number)
        return family

    def _of_webhooks(self) -> Iterable[Metric]:
        """Yields how many webhooks are in each state, and how many messages wait for them."""
        states = Counter("troubled" if each.is_troubled else each.state for each in self._webhooks)
        family = GaugeMetricFamily("meldind_webhooks", "Webhooks of other systems, by state.", labels=["state"])
        for state in ("active", "troubled", "paused", "failing", "gone", "refused", "unsigned"):
            family.add_metric([state], states[state])
        yield family
        waiting = sum(each.waiting for each in self._webhooks)
        yield GaugeMetricFamily("meldind_webhooks_waiting", "Messages that wait for webhooks.", value=waiting)


_AGES = {
    "last_poll_seconds": "Since Telegram last answered a poll, or called the webhook.",
    "last_received_seconds": "Since what Telegram brought was last kept.",
    "last_sent_seconds": "Since Telegram last took a message.",
    "oldest_inbox_seconds": "Since the oldest update that is not handled came.",
    "oldest_due_seconds": "Since the oldest message that is not sent was due.",
}
