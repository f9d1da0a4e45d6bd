"""Volumes are the cloud disks that other products list too."""

from __future__ import annotations

from bce_emulator.services.bcc.volume.resource import Volume
from bce_emulator.services.bcc.volume.show import show_volume
from bce_emulator.services.shared.cloud_disks import CloudDisks, has_cloud_disks

has_cloud_disks(CloudDisks(Volume, show_volume))
