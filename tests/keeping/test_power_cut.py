"""What the service has promised survives a power cut; a weaker setting does not, so the test can fail."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.soak import power_cut

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or power_cut.compiler() is None,
    reason="needs Linux and a C compiler (apt install gcc libc6-dev)",
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A disk that forgets, and a service prepared on it."""
    folder = tmp_path_factory.mktemp("power")
    power_cut.prepare(folder / "prepared")
    return folder / "prepared", power_cut.build_disk(folder)


def test_a_power_cut_loses_nothing_that_was_promised(ground: tuple[Path, Path], tmp_path: Path) -> None:
    """Under the settings of the service."""
    prepared, disk = ground
    for number in range(2):
        cut = power_cut.cut_once(prepared, disk, tmp_path / str(number), synchronous="as-set", seconds=0.6)
        assert cut.promised > 20
        assert cut.lost == 0
        assert cut.is_whole


def test_the_control_loses(ground: tuple[Path, Path], tmp_path: Path) -> None:
    """With synchronous=NORMAL the same cut loses changes: the disk of this test does forget.

    A cut just after a checkpoint loses nothing even then, so the control may try a few times.
    """
    prepared, disk = ground
    lost = 0
    for number in range(8):
        lost = power_cut.cut_once(
            prepared, disk, tmp_path / f"control-{number}", synchronous="NORMAL", seconds=0.4 + 0.13 * number
        ).lost
        if lost:
            break
    assert lost > 0
