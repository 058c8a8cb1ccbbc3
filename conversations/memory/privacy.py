"""The controller in memory."""

from dataclasses import dataclass


@dataclass(slots=True)
class PrivacyInMemory:
    """The privacy notice (the protocol `PrivacyLookup`)."""

    responsible: str = ""

    def controller(self) -> str:
        """Returns who is responsible for the data."""
        return self.responsible
