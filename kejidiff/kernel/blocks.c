/* Places of shared anchors -> blocks: stretches of two units that run side by side along one diagonal. */

#include "blocks.h"

static inline int comes_before(Place one, Place other) {
    return one.left != other.left ? one.left < other.left : one.right < other.right;
}

/* By insertion: as a rule they are sorted already, and a unit has no more than LONGEST of them. */
void sort_places(Place *places, int64_t count) {
    for (int64_t at = 1; at < count; at++) {
        Place place = places[at];
        int64_t to = at;
        for (; to > 0 && comes_before(place, places[to - 1]); to--) places[to] = places[to - 1];
        places[to] = place;
    }
}

int in_order(const Place *places, int64_t count) {
    for (int64_t at = 1; at < count; at++)
        if (places[at].right < places[at - 1].right) return 0;
    return 1;
}

/* The last block that the place continues, or NULL. */
static Block *continued(Block *blocks, int64_t count, Place place, int drift, int reach) {
    for (int64_t at = count - 1; at >= 0; at--) {
        int moved = (place.right - place.left) - (blocks[at].right_end - blocks[at].left_end);
        if (-drift <= moved && moved <= drift && place.left - blocks[at].left_end <= reach) return &blocks[at];
    }
    return NULL;
}

int64_t find_blocks(const Place *places, int64_t count, const Rules *rules, Block *blocks) {
    int64_t found = 0, kept = 0;
    for (int64_t at = 0; at < count; at++) {
        Place place = places[at];
        Block *block = continued(blocks, found, place, (int)rules->drift, (int)rules->reach);
        if (block == NULL) {
            blocks[found++] = (Block){place.left, place.left, place.right, place.right, 1};
            continue;
        }
        block->left_end = place.left; /* places ascend */
        if (place.right < block->right) block->right = place.right;
        if (place.right > block->right_end) block->right_end = place.right;
        block->anchors++;
    }
    for (int64_t at = 0; at < found; at++)
        if (blocks[at].anchors >= rules->anchors) blocks[kept++] = blocks[at];
    return kept;
}
