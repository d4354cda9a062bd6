"""A process of root -> one that permissions bind, so that a read-only folder is one."""

import os


def without_privileges() -> None:
    """Give up root's right to pass over permissions (Linux: CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH), for programs run
    from here on."""
    if os.geteuid() == 0:
        import ctypes

        drop_from_bounding_set, dac_override, dac_read_search = 24, 1, 2
        libc = ctypes.CDLL(None)
        for capability in (dac_override, dac_read_search):
            libc.prctl(drop_from_bounding_set, capability, 0, 0, 0)
