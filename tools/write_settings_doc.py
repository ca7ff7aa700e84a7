"""Writes docs/settings.md from the settings themselves: `python tools/write_settings_doc.py`."""

from pathlib import Path

from sarau.foundation.settings.load import Settings

_HEAD = """# Settings

Everything has a default that suits a family's small machine. A setting is a line in `sarau.toml` in the folder where
the server starts (or in the file that `SARAU_CONFIG` names), or a variable; the variable wins. `sarau doctor` checks
them.

```toml
[house]
name = "The Silvas' music"

[server]
host = "0.0.0.0"
```

The same as variables: `SARAU_HOUSE_NAME="The Silvas' music" SARAU_SERVER_HOST=0.0.0.0`. Lists and sections as
variables are JSON: `SARAU_SERVER_TRUSTED_PROXIES='["127.0.0.1"]'`.
"""
_COLUMNS = "| setting | variable | default | what it does |\n|---|---|---|---|\n"


def document() -> str:
    """Return the whole page."""
    parts = [_HEAD]
    for section, info in Settings.model_fields.items():
        model = info.annotation
        assert isinstance(model, type)
        parts.append(
            f"\n## {section}\n\n{model.__doc__}\n\n"
            "| setting | variable | default | what it does |\n|---|---|---|---|\n"
        )
        defaults = model().model_dump(mode="json")
        for field, about in model.model_fields.items():
            default = "cores − 1" if field == "transcodes" else _shown(defaults[field])
            variable = f"SARAU_{section}_{field}".upper()
            parts.append(f"| `{field}` | `{variable}` | {default} | {about.description} |\n")
    return "".join(parts)


def _shown(value: object) -> str:
    if value in ("", None, []):
        return "—"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


if __name__ == "__main__":
    (Path(__file__).parent.parent / "docs" / "settings.md").write_text(document())
