"""Which files from npm does Loopwell ship? Fetches the pinned packages and copies just those.

Run `python tools/vendor_assets.py` after changing a version below, then look at the pages.
It needs `npm`; the product itself never does.
"""

import gzip
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/loopwell/console/static/vendor"

TABLER, HTMX, ECHARTS, INTER, ICONS = "1.6.1", "2.0.10", "6.1.0", "5.3.0", "3.51.0"

# package, version, {file inside the package: name here}; {v} is the version.
PACKAGES: tuple[tuple[str, str, dict[str, str]], ...] = (
    (
        "@tabler/core",
        TABLER,
        # Its script is left out: menus are <details>, dialogs <dialog>.
        {"dist/css/tabler.min.css": "tabler-{v}.min.css"},
    ),
    ("htmx.org", HTMX, {"dist/htmx.min.js": "htmx-{v}.min.js", "LICENSE": "htmx-LICENSE.txt"}),
    (
        "echarts",
        ECHARTS,
        {
            "dist/echarts.min.js": "echarts-{v}.min.js",
            "LICENSE": "echarts-LICENSE.txt",
            "NOTICE": "echarts-NOTICE.txt",
        },
    ),
    (
        "@fontsource-variable/inter",
        INTER,
        {
            "files/inter-latin-wght-normal.woff2": "inter-latin-{v}.woff2",
            "files/inter-latin-ext-wght-normal.woff2": "inter-latin-ext-{v}.woff2",
            "files/inter-cyrillic-wght-normal.woff2": "inter-cyrillic-{v}.woff2",
            "LICENSE": "inter-LICENSE.txt",
        },
    ),
    ("@tabler/icons", ICONS, {"LICENSE": "tabler-LICENSE.txt"}),
)


ICON_NAMES = (Path(__file__).parent / "icons.txt").read_text(encoding="utf-8").split()


def fetch(package: str, version: str, folder: Path) -> Path:
    """Downloads one package with npm's ordinary client; the path of what was in it."""
    done = subprocess.run(
        ["npm", "pack", "--silent", f"{package}@{version}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    with tarfile.open(folder / done.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def write(name: str, content: bytes) -> None:
    """Beside text files a compressed twin, which WhiteNoise serves to browsers that take it."""
    (TARGET / name).write_bytes(content)
    if name.endswith((".css", ".js")):
        (TARGET / f"{name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))


def icons(package: Path) -> dict[str, str]:
    """The drawing of each icon, to be put between <svg> and </svg>."""
    nodes = json.loads((package / "tabler-nodes-outline.json").read_text())
    missing = sorted(set(ICON_NAMES) - set(nodes))
    if missing:
        sys.exit(f"Tabler has no such icons: {', '.join(missing)}")
    return {name: "".join(_element(*node) for node in nodes[name]) for name in sorted(ICON_NAMES)}


def _element(tag: str, attributes: dict[str, str]) -> str:
    written = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    return f"<{tag} {written}/>"


def main() -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    for package, version, files in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            unpacked = fetch(package, version, Path(folder))
            for source, name in files.items():
                content = (unpacked / source).read_bytes()
                if name.endswith((".css", ".js")):
                    content = content.rsplit(b"\n//# sourceMappingURL", 1)[0]
                    content = content.rsplit(b"\n/*# sourceMappingURL", 1)[0]
                write(name.format(v=version), content)
            if package == "@tabler/icons":
                drawn = json.dumps(icons(unpacked), indent=0)
                write(f"tabler-icons-{version}.json", drawn.encode())
    for path in sorted(TARGET.iterdir()):
        sys.stdout.write(f"{path.stat().st_size:>9,} {path.name}\n")


if __name__ == "__main__":
    main()
