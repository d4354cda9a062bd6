/* Several matches of two units -> one, where the sentences of one were put into another order. */

#include "parts.h"

/* Marks the matches of the heaviest chain that ascends on both sides. */
static void mark_heaviest(const Parts *parts, char *kept) {
    int weights[LONGEST], links[LONGEST], best = 0;
    for (int at = 0; at < parts->count; at++) {
        const Match *match = &parts->matches[at];
        int weight = 0, link = -1;
        for (int one = 0; one < at; one++) {
            const Match *before = &parts->matches[one];
            int follows = before->left_end <= match->left && before->right_end <= match->right;
            if (follows && weights[one] > weight) weight = weights[one], link = one;
        }
        weights[at] = weight + match->matched;
        links[at] = link;
        if (weights[at] > weights[best]) best = at;
    }
    memset(kept, 0, LONGEST);
    for (int at = best; at >= 0; at = links[at]) kept[at] = 1;
}

/* What stands between the end of the script and a place, as one change. */
static void fill(Script *script, int i, int to_i, int j, int to_j) {
    if (i == to_i && j == to_j) return;
    int kind = i < to_i && j < to_j ? REPLACE : i == to_i ? INSERT : DELETE;
    script->steps[script->count++] = (Step){kind, i, to_i, j, to_j};
}

/* The span from the first match to the last one on both sides, and what they have in common. */
static int bounds(const Parts *parts, Match *whole) {
    *whole = parts->matches[0];
    for (int at = 1; at < parts->count; at++) {
        const Match *match = &parts->matches[at];
        whole->matched += match->matched;
        if (match->longest > whole->longest) whole->longest = match->longest;
        if (match->right < whole->right) whole->right = match->right;
        if (match->left_end > whole->left_end) whole->left_end = match->left_end;
        if (match->right_end > whole->right_end) whole->right_end = match->right_end;
    }
    return whole->matched;
}

int reorder(Scratch *scratch, Text left, Text right, const Parts *parts, const Rules *rules, Reordered *whole) {
    int shorter = left.length < right.length ? left.length : right.length;
    if (bounds(parts, &whole->match) < rules->covered * shorter) return 0;
    char kept[LONGEST];
    Script *script = &whole->script;
    Match *match = &whole->match;
    int i = match->left, j = match->right;
    mark_heaviest(parts, kept);
    script->count = whole->count = 0;
    for (int at = 0; at < parts->count; at++) {
        const Match *part = &parts->matches[at];
        if (!kept[at]) {
            whole->moved[whole->count++] = *part;
            continue;
        }
        fill(script, i, part->left, j, part->right);
        memcpy(script->steps + script->count, parts->steps + part->first, (size_t)part->steps * sizeof(Step));
        script->count += part->steps;
        i = part->left_end, j = part->right_end;
    }
    fill(script, i, match->left_end, j, match->right_end);
    match->first = 0, match->steps = script->count;
    match->similarity = similarity(scratch, slice(left, match->left, match->left_end),
                                   slice(right, match->right, match->right_end), 0.0);
    return 1;
}
