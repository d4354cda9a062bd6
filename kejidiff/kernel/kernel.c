/* The library -> which interface it has: asked before anything else of it is called. */

#include "kernel.h"

EXPORT int kernel_interface(void) { return KERNEL_INTERFACE; }
