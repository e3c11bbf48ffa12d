"""Odoo 19 Community as Debian packs it, unpacked into the cache. No root needed."""

import os
import shutil
from pathlib import Path

from .errors import PlatformError
from .locks import file_lock
from .paths import odoo_dir, require_space
from .progress import step
from .shell import answer_of, run_logged

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
# The package's scripts and fonts are links into these. The machine's own suite comes
# first: the unstable Font Awesome has other file names.
COMPANIONS = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
)
PACKAGES = "usr/lib/python3/dist-packages"
# Debian leaves this file out; without it the web client logs an error on every page.
CUT_SCRIPT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
OWN_ODOO = "or set ODOO_SOURCE to an Odoo 19 that you have"


def odoo_source():
    """The folder that holds the ``odoo`` package; set up when it is not there yet.

    :raise PlatformError: when it can neither be found nor downloaded
    """
    given = os.environ.get("ODOO_SOURCE")
    if given:
        return _given_source(Path(given).expanduser().resolve())
    target = odoo_dir()
    if not (target / "complete").exists():
        with file_lock(target.with_suffix(".lock"), "setting up Odoo"):
            if not (target / "complete").exists():
                _download_and_unpack(target)
    return target / PACKAGES


def _given_source(folder):
    candidates = [folder, folder / PACKAGES]
    for candidate in candidates:
        if (candidate / "odoo" / "release.py").exists():
            _require_release_19(candidate)
            return candidate
    raise PlatformError(
        f"ODOO_SOURCE={folder} holds no odoo/release.py: name the folder of an Odoo 19"
        " checkout or installation"
    )


def _require_release_19(source):
    text = (source / "odoo" / "release.py").read_text(encoding="utf-8")
    if "version_info = (19, 0" not in text:
        raise PlatformError(
            f"{source} is not Odoo 19.0: set ODOO_SOURCE to an Odoo 19.0"
        )


def _download_and_unpack(target):
    require_space(target.parent, 3)
    work = target.with_suffix(".partial")
    debs = work / "debs"
    debs.mkdir(parents=True, exist_ok=True)
    with step("Odoo 19 from Debian: package lists"):
        apt = _private_apt(work)
        run_logged([*apt, "update"], "setup", _network_advice())
    with step("Odoo 19 from Debian: download (130 MB)"):
        _download(apt, debs)
    with step("Odoo 19 from Debian: unpack"):
        tree = work / "tree"
        shutil.rmtree(tree, ignore_errors=True)
        for deb in sorted(debs.glob("*.deb")):
            run_logged(
                ["dpkg-deb", "-x", deb, tree], "setup", f"remove {deb} and run again"
            )
        _repair(tree)
        (tree / "complete").touch()
        tree.rename(target)
        shutil.rmtree(work)


def _repair(tree):
    source = tree / PACKAGES
    _require_release_19(source)
    cut = source / CUT_SCRIPT
    if not cut.exists():
        cut.parent.mkdir(parents=True, exist_ok=True)
        cut.write_text("// Background blur of video calls: not part of this build.\n")
    broken = [
        path
        for path in (source / "odoo").rglob("*")
        if path.is_symlink() and not path.exists()
    ]
    if broken:
        raise PlatformError(
            f"the Debian packages do not fit together: {broken[0]} points nowhere"
            f" ({len(broken)} such links); {OWN_ODOO}"
        )


def _network_advice():
    return f"check the network and run the command again, {OWN_ODOO}"


def _private_apt(work):
    """An apt-get command with lists and cache of its own beside the machine's."""
    mirror, suite = _mirror()
    if not Path(KEYRING).exists():
        raise PlatformError(
            f"{KEYRING} is missing: apt install debian-archive-keyring, {OWN_ODOO}"
        )
    for folder in ("lists/partial", "archives/partial"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    sources = work / "sources.list"
    sources.write_text(
        "".join(
            f"deb [signed-by={KEYRING}] {mirror} {name} main\n"
            for name in dict.fromkeys([suite, "sid"])
        )
    )
    options = {
        "Dir::Etc::sourcelist": sources,
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::Etc::preferencesparts": "/dev/null",
        "Dir::State::Lists": work / "lists",
        "Dir::State::status": "/dev/null",
        "Dir::Cache": work,
        "Acquire::Languages": "none",
        "Acquire::Retries": "2",
        # Without it apt goes on with old lists, or none, and calls it a success.
        "APT::Update::Error-Mode": "any",
    }
    if os.geteuid() == 0:
        # The folder may lie in root's home, where apt's own user may not read.
        options["APT::Sandbox::User"] = "root"
    return ["apt-get", "-q", *(f"-o{key}={value}" for key, value in options.items())]


def _mirror():
    """The Debian mirror that this machine uses already, and its suite."""
    listed = answer_of(
        [
            "apt-get",
            "indextargets",
            "--format",
            "$(REPO_URI) $(RELEASE) $(ORIGIN)",
            "Created-By: Packages",
        ]
    )
    codename = answer_of(["sh", "-c", ". /etc/os-release && echo $VERSION_CODENAME"])
    targets = [line.split(" ", 2) for line in (listed or "").splitlines()]
    for uri, release, origin in (target for target in targets if len(target) == 3):
        if origin == "Debian" and release == codename:
            return uri, release
    raise PlatformError(
        "apt names no Debian mirror for this machine: run `apt-get update` as root on a"
        f" Debian system, {OWN_ODOO}"
    )


def _download(apt, debs):
    """Fetch the packages that are not there yet; each arrives whole or not at all."""
    names = ["odoo-19", *COMPANIONS]
    wanted = [name for name in names if not list(debs.glob(f"{name}_*.deb"))]
    if not wanted:
        return
    offers = answer_of(["apt-cache", *apt[2:], "madison", *wanted])
    targets = [
        f"{name}/{suite}"
        for name, suite in choose_suites(offers or "", wanted, _mirror()[1]).items()
    ]
    arrival = debs / "arrival"
    arrival.mkdir(exist_ok=True)
    run_logged([*apt, "download", *targets], "setup", _network_advice(), cwd=arrival)
    for deb in arrival.glob("*.deb"):
        deb.rename(debs / deb.name)


def choose_suites(offers, names, own_suite):
    """The suite to take each package from: the own one, or sid where it has none.

    :param offers: what ``apt-cache madison`` prints: name | version | uri suite/part …
    :raise PlatformError: when a package is offered nowhere
    """
    suites = {}
    for row in offers.splitlines():
        name, _version, place = (part.strip() for part in row.split("|"))
        suites.setdefault(name, set()).add(place.split()[1].split("/")[0])
    for name in names:
        if name not in suites:
            raise PlatformError(
                f"the Debian mirror offers no package {name}: {_network_advice()}"
            )
    return {name: _first(suites[name], own_suite) for name in names}


def _first(suites, own_suite):
    return own_suite if own_suite in suites else "sid"
