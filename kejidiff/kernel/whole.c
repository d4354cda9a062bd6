/* Two units that are alike as wholes -> what they share: the best stretch of their script, if that is enough. */

#include "matches.h"

/* The same operations in the same order as rapidfuzz's Indel.normalized_similarity, so that the same double results:
   that of texts of `sizes` symbols together with so many in common. */
static double share_of(int common, int sizes) { return 1.0 - (double)(sizes - 2 * common) / (double)sizes; }

/* Beware: rapidfuzz rounds the least to a float (.4 is a little more than .4 then), and so does this. */
double similarity(Scratch *scratch, Text left, Text right, double least) {
    int sizes = left.length + right.length, shorter = left.length < right.length ? left.length : right.length;
    least = (float)least;
    if (sizes == 0) return least <= 1.0 ? 1.0 : 0.0;
    if (share_of(shorter, sizes) < least) return 0.0; /* however much is in common */
    double similar = share_of(common_length(scratch, left, right), sizes);
    return similar >= least ? similar : 0.0;
}

/* Kadane: equal symbols earn 1 each, changed ones cost `price`. Gives the steps [first, last] or 0. */
static int best_steps(const Step *steps, int count, double price, int *first, int *last) {
    double score = 0.0, best = 0.0;
    int start = -1, found = 0;
    for (int at = 0; at < count; at++) {
        const Step *step = &steps[at];
        if (step->kind == EQUAL) {
            if (score <= 0) score = 0.0, start = at;
            score += step->i_end - step->i;
            if (score > best) best = score, *first = start, *last = at, found = 1;
        } else {
            score -= price * (step->i_end - step->i + step->j_end - step->j);
        }
    }
    return found;
}

int best_stretch(const Step *steps, int count, double price, Match *match) {
    int first, last;
    if (!best_steps(steps, count, price, &first, &last)) return 0;
    *match = (Match){
        steps[first].i, steps[last].i_end, steps[first].j, steps[last].j_end, 0, 0, first, last + 1 - first, 0.0};
    for (int at = first; at <= last; at++) {
        int equal = steps[at].kind == EQUAL ? steps[at].i_end - steps[at].i : 0;
        match->matched += equal;
        if (equal > match->longest) match->longest = equal;
    }
    int sizes = match->left_end - match->left + match->right_end - match->right;
    match->similarity = 2 * match->matched / (double)sizes;
    return 1;
}

int enough(const Match *match, Text left, Text right, double alike, const Rules *rules) {
    int ours = match->left_end - match->left, theirs = match->right_end - match->right;
    int shorter = left.length < right.length ? left.length : right.length;
    double score = match->matched - rules->block_price * (ours + theirs - 2 * match->matched);
    int covers = (ours < theirs ? ours : theirs) >= rules->covered * shorter;
    return match->similarity >= alike && (covers ? match->matched >= rules->least : score >= rules->matched);
}

int match_whole(Scratch *scratch, Text left, Text right, double alike, const Rules *rules, Script *script,
                Match *match) {
    script_of(scratch, left, right, script);
    return best_stretch(script->steps, script->count, rules->price, match) && enough(match, left, right, alike, rules);
}
