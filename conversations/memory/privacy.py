"""What is kept about privacy, in memory."""

from dataclasses import dataclass


@dataclass(slots=True)
class PrivacyInMemory:
    """The protocol `PrivacyLookup`."""

    responsible: str = ""

    def controller(self) -> str:
        """Who answers for what is kept."""
        return self.responsible
