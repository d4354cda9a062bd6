/* Two units and their blocks -> what they share in parts; see parts.c and reorder.c. */

#ifndef KEJIDIFF_PARTS_H
#define KEJIDIFF_PARTS_H

#include "blocks.h"

/* Matches of one pair of units, disjoint on both sides, so that there are no more than symbols, nor steps than both
   sides have symbols. */
typedef struct {
    int count, used;
    Match matches[LONGEST];
    Step steps[MOST_STEPS]; /* of all of them; `used` are */
    Script script, clipped; /* in the making */
} Parts;

/* Several matches as one: its steps are in `script`, what does not follow from it is `moved`. */
typedef struct {
    Match match;
    Script script;
    int count;
    Match moved[LONGEST];
} Reordered;

/* Matches of all blocks, by left offset; the blocks are put into another order. */
void match_by_block(Scratch *scratch, Text left, Text right, Block *blocks, int64_t count, const Rules *rules,
                    Parts *parts);
/* The matches as one where together they are most of the shorter unit; 0 where they are not. */
int reorder(Scratch *scratch, Text left, Text right, const Parts *parts, const Rules *rules, Reordered *whole);

#endif
