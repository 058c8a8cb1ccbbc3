"""The report of a run, as text that can be kept."""

from collections import Counter

from tests.fuzz.run import Report

FINDINGS = 40


def told(report: Report, by_http: int) -> str:
    """`report` in Markdown; `by_http` more updates came over HTTP."""
    before, after = report.memory
    which = f"{report.updates:,} updates with the seed {report.seed}, and {by_http:,} more over HTTP"
    lines = [
        f"{which}: {len(report.findings)} findings.",
        "",
        f"- took {report.seconds:,.0f} s, {report.updates / report.seconds:,.0f} updates a second",
        f"- memory {before:,.0f} MB before, {after:,.0f} MB after",
        f"- kept: {_counts(report.kept)}",
        f"- kinds: {_counts(report.kinds)}",
        f"- broken: {_counts(report.broken)}",
        f"- came to: {_counts(report.outcomes)}",
        f"- requests made: {_counts(report.methods)}",
        "- set aside:",
        *(f"  - {count:,} × {why}" for why, count in report.quarantined.most_common()),
        "- slowest:",
        *(
            f"  - {1000 * seconds:,.0f} ms, {1000 * worked:,.0f} ms of the CPU: {ascii(what)[1:-1]}"
            for seconds, worked, what in report.slowest
        ),
    ]
    if report.findings:
        lines += ["", "Findings:", *(f"- {ascii(str(each))[1:-1]}" for each in report.findings[:FINDINGS])]
    return "\n".join(lines) + "\n"


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{what} {count:,}" for what, count in counted.most_common())
