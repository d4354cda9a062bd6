/* Places of shared anchors -> blocks; see blocks.c. */

#ifndef KEJIDIFF_BLOCKS_H
#define KEJIDIFF_BLOCKS_H

#include "matches.h"

/* Where an anchor stands on both sides. */
typedef struct {
    int32_t left, right;
} Place;

/* Half-open, from the first anchor's beginning to the last one's. */
typedef struct {
    int32_t left, left_end, right, right_end, anchors;
} Block;

/* By left place, then by right one. */
void sort_places(Place *places, int64_t count);
/* Places in the order of the left unit are in that of the right one. */
int in_order(const Place *places, int64_t count);
/* Blocks of places that are sorted, with anchors enough, by left place; `blocks` has room for one a place. */
int64_t find_blocks(const Place *places, int64_t count, const Rules *rules, Block *blocks);

#endif
