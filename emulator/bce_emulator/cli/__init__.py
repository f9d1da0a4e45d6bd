"""The commands of bce-emulator, one file each."""
