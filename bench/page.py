"""The table of the last whole run as Markdown: `python -m bench.page` writes it into docs/bench.md."""

from pathlib import Path

import msgspec

from bench.report import figure, number, wanted
from bench.results import FOLDER, Run

PAGE = Path(__file__).parents[1] / "docs" / "bench.md"
BEGIN, END = "<!-- the last run, written by bench/page.py -->", "<!-- end -->"
_VERDICTS = {True: "met", False: "**missed**", None: ""}


def table(run: Run) -> str:
    """Return the rows of a run and what it was taken on."""
    about = ", ".join(f"{name} {value}" for name, value in run.machine.items() if value)
    lines = [f"{run.at:%d %B %Y}, revision {run.revision}, {run.seconds:.0f} s. {about}.", ""]
    lines += ["| what | ours | peer or limit | ratio | target | |", "|---|--:|--:|--:|--:|---|"]
    for line in run.lines:
        row = line.row
        peer = f"{row.peer} {figure(row.theirs, row.unit)}" if row.peer else ""
        ratio = "" if line.ratio is None else f"{number(line.ratio)} ×"
        ours = row.failure or figure(row.ours, row.unit)
        cells = (row.what, ours, peer, ratio, wanted(row.target, row.unit), _VERDICTS[line.met])
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def written(page: str, run: Run) -> str:
    """Return the page with the table of a run in its place."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{table(run)}\n\n{END}{after}"


if __name__ == "__main__":
    latest = msgspec.json.decode((FOLDER / "latest.json").read_bytes(), type=Run)
    PAGE.write_text(written(PAGE.read_text(), latest))
