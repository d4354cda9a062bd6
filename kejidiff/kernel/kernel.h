/* What all kernels share. Offsets are half-open; arrays belong to the caller, who has made them large enough. */

#ifndef KEJIDIFF_KERNEL_H
#define KEJIDIFF_KERNEL_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Of everything the library exports; changed with every signature, here and in loading.py. */
#define KERNEL_INTERFACE 1

#define EXPORT __attribute__((visibility("default")))

#endif
