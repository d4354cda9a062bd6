/* Two units and their blocks -> the best stretch of each block, none overlapping another on either side. */

#include "parts.h"

/* Most anchors first; stable. */
static void sort_blocks(Block *blocks, int64_t count) {
    for (int64_t at = 1; at < count; at++) {
        Block block = blocks[at];
        int64_t to = at;
        for (; to > 0 && blocks[to - 1].anchors < block.anchors; to--) blocks[to] = blocks[to - 1];
        blocks[to] = block;
    }
}

static void sort_matches(Parts *parts) {
    for (int at = 1; at < parts->count; at++) {
        Match match = parts->matches[at];
        int to = at;
        for (; to > 0 && parts->matches[to - 1].left > match.left; to--) parts->matches[to] = parts->matches[to - 1];
        parts->matches[to] = match;
    }
}

static int overlap(const Match *one, const Match *other) {
    return (one->left < other->left_end && other->left < one->left_end) ||
           (one->right < other->right_end && other->right < one->right_end);
}

/* What is left of a span, at its beginning rather than at its end, without another that overlaps it. */
static void cut(int start, int end, int other, int other_end, int *first, int *last) {
    *first = start < other ? start : (start > other_end ? start : other_end);
    *last = start < other && other < end ? other : end;
}

static int most(int one, int other) {
    int more = one > other ? one : other;
    return more > 0 ? more : 0;
}

/* The steps of a match (its own are the first of `script`) that stand outside another on both sides. */
static void clip(const Script *script, const Match *match, const Match *other, Script *clipped) {
    int first, last, right_first, right_last;
    cut(match->left, match->left_end, other->left, other->left_end, &first, &last);
    cut(match->right, match->right_end, other->right, other->right_end, &right_first, &right_last);
    clipped->count = 0;
    for (int at = match->first; at < match->first + match->steps; at++) {
        Step step = script->steps[at];
        int lost = most(first - step.i, right_first - step.j);
        int behind = most(step.i_end - last, step.j_end - right_last);
        if (lost || behind) {
            if (step.kind != EQUAL || lost + behind >= step.i_end - step.i) continue;
            step.i += lost, step.j += lost, step.i_end -= behind, step.j_end -= behind;
        }
        clipped->steps[clipped->count++] = step;
    }
}

/* The match without what earlier ones hold of either side; 0 where that is half of it, or more. Its steps stay in
   `parts->script`. */
static int clear_of_earlier(Parts *parts, const Rules *rules, Match *match) {
    int matched = match->matched;
    for (int at = 0; at < parts->count; at++) {
        if (!overlap(match, &parts->matches[at])) continue;
        clip(&parts->script, match, &parts->matches[at], &parts->clipped);
        if (!best_stretch(parts->clipped.steps, parts->clipped.count, rules->block_price, match)) return 0;
        memcpy(parts->script.steps, parts->clipped.steps, (size_t)parts->clipped.count * sizeof(Step));
    }
    return 2 * match->matched > matched;
}

static void keep(Parts *parts, const Match *match) {
    Match *kept = &parts->matches[parts->count++];
    *kept = *match;
    kept->first = parts->used;
    memcpy(parts->steps + parts->used, parts->script.steps + match->first, (size_t)match->steps * sizeof(Step));
    parts->used += match->steps;
}

/* From offsets in slices to those in units. */
static void shift(Script *script, Match *match, int left, int right) {
    match->left += left, match->left_end += left, match->right += right, match->right_end += right;
    for (int at = 0; at < script->count; at++) {
        Step *step = &script->steps[at];
        step->i += left, step->i_end += left, step->j += right, step->j_end += right;
    }
}

void match_by_block(Scratch *scratch, Text left, Text right, Block *blocks, int64_t count, const Rules *rules,
                    Parts *parts) {
    int margin = (int)rules->margin;
    parts->count = parts->used = 0;
    sort_blocks(blocks, count);
    for (int64_t at = 0; at < count; at++) {
        Block block = blocks[at];
        int before = block.left < block.right ? block.left : block.right;
        before = before < margin ? before : margin;
        int start = block.left - before, other = block.right - before;
        Match match;
        script_of(scratch, slice(left, start, block.left_end + margin), slice(right, other, block.right_end + margin),
                  &parts->script);
        if (!best_stretch(parts->script.steps, parts->script.count, rules->block_price, &match) ||
            match.similarity < rules->block_alike)
            continue;
        shift(&parts->script, &match, start, other);
        if (clear_of_earlier(parts, rules, &match)) keep(parts, &match);
    }
    sort_matches(parts);
}
