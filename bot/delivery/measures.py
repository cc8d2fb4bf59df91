"""What is counted while running, for ``/metrics``."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge


class Measures:
    """Counters of this process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.received = Counter("helpdesk_updates_received", "Updates stored in the inbox", registry=self.registry)
        self.handled = Counter("helpdesk_updates_handled", "Updates handled", registry=self.registry)
        self.failed = Counter(
            "helpdesk_updates_failed", "Attempts to handle an update that failed", registry=self.registry
        )
        self.quarantined = Counter("helpdesk_updates_quarantined", "Updates put aside", registry=self.registry)
        self.sent = Counter("helpdesk_messages_sent", "Messages that got through", registry=self.registry)
        self.undelivered = Counter(
            "helpdesk_messages_undelivered", "Messages refused, blocked or in doubt", ["state"], registry=self.registry
        )
        self.waits = Counter("helpdesk_rate_limited", "Times the channel asked to wait", registry=self.registry)
        self.inbox = Gauge("helpdesk_inbox_waiting", "Updates that wait", registry=self.registry)
        self.outbox = Gauge("helpdesk_outbox_waiting", "Messages that wait", registry=self.registry)
        self.guides = Gauge("helpdesk_guides", "Guides in force", registry=self.registry)
