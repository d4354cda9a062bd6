/* Two short texts -> the length of what they have in common, and the shortest script of changes.

Both are bit-parallel: a bit for each symbol of the left text, a row for each of the right one.

Sources.  The common subsequence as in Hyyro, Bit-Parallel LCS-length Computation Revisited, 2004. Distances as in Hyyro,
          A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances, 2003: of every cell of the matrix
          whether it is greater (`more`) or less (`less`) by one than its left neighbour. Vectors of several words are
          one long integer each.
Beware.   Of scripts that are equally short the one is taken that rapidfuzz's Levenshtein.opcodes takes (plain functions
          use that): what both texts begin and end with is taken off first, and on the way back from the end leaving out
          comes before putting in, and that before the diagonal. */

#include "script.h"

#define LANES (2 * WORDS)

struct Scratch {
    Text pattern;                       /* what `masks` is about */
    uint16_t slots[1 << 16];            /* of each symbol of the pattern a number from 1 on; 0 for all others */
    uint64_t masks[LONGEST + 1][WORDS]; /* where each stands in the pattern; none beyond `used` anywhere */
    size_t used;
    uint64_t rows[LONGEST][LANES]; /* after each symbol of the right text: words of `more`, then of `less` */
};

Scratch *new_scratch(void) {
    Scratch *scratch = aligned_alloc(64, (sizeof(Scratch) + 63) / 64 * 64);
    if (scratch == NULL) return NULL;
    memset(scratch->slots, 0, sizeof scratch->slots);
    memset(scratch->masks, 0, sizeof scratch->masks);
    scratch->pattern = (Text){NULL, 0};
    scratch->used = 0;
    return scratch;
}

void free_scratch(Scratch *scratch) { free(scratch); }

/* Texts stay where they are while a scratch is in use: the same place and length are the same text. */
static void set_pattern(Scratch *scratch, Text text) {
    Text old = scratch->pattern;
    if (old.symbols == text.symbols && old.length == text.length) return;
    for (int i = 0; i < old.length; i++) scratch->slots[old.symbols[i]] = 0;
    memset(scratch->masks[1], 0, scratch->used * sizeof scratch->masks[1]);
    scratch->pattern = text;
    uint16_t used = 0;
    for (int i = 0; i < text.length; i++) {
        uint16_t *slot = &scratch->slots[text.symbols[i]];
        used += *slot == 0; /* no branch: whether a symbol is a new one is as good as a coin's toss */
        *slot = *slot ? *slot : used;
        scratch->masks[*slot][i / 64] |= UINT64_C(1) << (i % 64);
    }
    scratch->used = used;
}

/* Sum with a carry of 0 or 1 in and out. */
static inline uint64_t add(uint64_t one, uint64_t other, uint64_t *carry) {
    uint64_t sum, whole;
    uint64_t over = __builtin_add_overflow(one, other, &sum);
    over |= __builtin_add_overflow(sum, *carry, &whole);
    *carry = over;
    return whole;
}

/* `words` is a constant wherever this is called, so that the loops over it vanish. */
static inline __attribute__((always_inline)) int common_of(const Scratch *scratch, Text right, const int words) {
    uint64_t apart[WORDS];
    for (int word = 0; word < words; word++) apart[word] = ~UINT64_C(0);
    for (int j = 0; j < right.length; j++) {
        const uint64_t *mask = scratch->masks[scratch->slots[right.symbols[j]]];
        uint64_t carry = 0;
        for (int word = 0; word < words; word++) {
            uint64_t both = apart[word] & mask[word];
            apart[word] = add(apart[word], both, &carry) | (apart[word] - both);
        }
    }
    int common = 0;
    for (int word = 0; word < words; word++) common += __builtin_popcountll(~apart[word]);
    return common;
}

/* Fills `scratch->rows`; bits beyond the pattern mean nothing. */
static inline __attribute__((always_inline)) void rows_of(Scratch *scratch, Text right, const int words) {
    uint64_t more[WORDS], less[WORDS];
    for (int word = 0; word < words; word++) more[word] = ~UINT64_C(0), less[word] = 0;
    for (int j = 0; j < right.length; j++) {
        const uint64_t *mask = scratch->masks[scratch->slots[right.symbols[j]]];
        uint64_t carry = 0, more_in = 1, less_in = 0;
        for (int word = 0; word < words; word++) {
            uint64_t sum = add(mask[word] & more[word], more[word], &carry);
            uint64_t diagonal = (sum ^ more[word]) | mask[word] | less[word];
            uint64_t down = less[word] | ~(diagonal | more[word]), up = diagonal & more[word];
            uint64_t down_here = down << 1 | more_in, up_here = up << 1 | less_in;
            more_in = down >> 63, less_in = up >> 63;
            more[word] = up_here | ~(diagonal | down_here);
            less[word] = down_here & diagonal;
            scratch->rows[j][word] = more[word];
            scratch->rows[j][words + word] = less[word];
        }
    }
}

static int common_in_words(const Scratch *scratch, Text right, int words) {
    switch (words) {
        case 0: return 0;
        case 1: return common_of(scratch, right, 1);
        case 2: return common_of(scratch, right, 2);
        case 3: return common_of(scratch, right, 3);
        case 4: return common_of(scratch, right, 4);
        case 5: return common_of(scratch, right, 5);
        case 6: return common_of(scratch, right, 6);
        case 7: return common_of(scratch, right, 7);
        default: return common_of(scratch, right, WORDS);
    }
}

static void rows_in_words(Scratch *scratch, Text right, int words) {
    switch (words) {
        case 0: return;
        case 1: rows_of(scratch, right, 1); return;
        case 2: rows_of(scratch, right, 2); return;
        case 3: rows_of(scratch, right, 3); return;
        case 4: rows_of(scratch, right, 4); return;
        case 5: rows_of(scratch, right, 5); return;
        case 6: rows_of(scratch, right, 6); return;
        case 7: rows_of(scratch, right, 7); return;
        default: rows_of(scratch, right, WORDS);
    }
}

/* What both begin with, and then what the rest of both ends with. */
static void common_ends(Text left, Text right, int *before, int *behind) {
    int shorter = left.length < right.length ? left.length : right.length;
    int first = 0, last = 0;
    while (first < shorter && left.symbols[first] == right.symbols[first]) first++;
    while (last < shorter - first && left.symbols[left.length - 1 - last] == right.symbols[right.length - 1 - last])
        last++;
    *before = first, *behind = last;
}

int common_length(Scratch *scratch, Text left, Text right) {
    int before, behind;
    common_ends(left, right, &before, &behind);
    left = slice(left, before, left.length - behind);
    right = slice(right, before, right.length - behind);
    if (left.length == 0 || right.length == 0) return before + behind;
    set_pattern(scratch, left);
    return before + behind + common_in_words(scratch, right, (left.length + 63) / 64);
}

/* One more of a kind before all that is there: scripts are found from their end. */
static inline void prepend(Script *script, int kind, int i, int i_end, int j, int j_end) {
    Step *last = script->count ? &script->steps[script->count - 1] : NULL;
    if (i == i_end && j == j_end) return;
    if (last != NULL && last->kind == kind) last->i = i, last->j = j;
    else script->steps[script->count++] = (Step){kind, i, i_end, j, j_end};
}

static inline int bit(const uint64_t *words, int at) { return (words[at / 64] >> (at % 64)) & 1; }

/* From the end of both middles to their beginning, `before` symbols behind the beginning of both texts. */
static void trace(const Scratch *scratch, Text left, Text right, int before, Script *script) {
    int words = (left.length + 63) / 64, col = left.length, row = right.length;
    while (row && col) {
        int i = col + before, j = row + before;
        if (bit(scratch->rows[row - 1], col - 1)) {
            prepend(script, DELETE, i - 1, i, j, j);
            col--;
        } else if (row > 1 && bit(scratch->rows[row - 2] + words, col - 1)) {
            prepend(script, INSERT, i, i, j - 1, j);
            row--;
        } else {
            int kind = left.symbols[col - 1] == right.symbols[row - 1] ? EQUAL : REPLACE;
            prepend(script, kind, i - 1, i, j - 1, j);
            row--, col--;
        }
    }
    prepend(script, DELETE, before, col + before, row + before, row + before);
    prepend(script, INSERT, col + before, col + before, before, row + before);
}

void script_of(Scratch *scratch, Text left, Text right, Script *script) {
    int before, behind;
    common_ends(left, right, &before, &behind);
    int i_end = left.length - behind, j_end = right.length - behind;
    script->count = 0;
    prepend(script, EQUAL, i_end, left.length, j_end, right.length);
    Text middle = slice(left, before, i_end), other = slice(right, before, j_end);
    if (middle.length && other.length) {
        set_pattern(scratch, middle);
        rows_in_words(scratch, other, (middle.length + 63) / 64);
    }
    trace(scratch, middle, other, before, script);
    prepend(script, EQUAL, 0, before, 0, before);
    for (int at = 0, end = script->count - 1; at < end; at++, end--) {
        Step step = script->steps[at];
        script->steps[at] = script->steps[end];
        script->steps[end] = step;
    }
}

/* Steps of the script into `steps`, room for MOST_STEPS, and how many; `common` becomes the length of the longest
   common subsequence. Both texts have at most LONGEST symbols. -1: no memory. */
EXPORT int64_t edit_script(const uint16_t *left, int64_t left_length, const uint16_t *right, int64_t right_length,
                           Step *steps, int64_t *common) {
    Scratch *scratch = new_scratch();
    Script *script = malloc(sizeof(Script));
    int64_t count = -1;
    if (scratch != NULL && script != NULL) {
        Text one = {left, (int)left_length}, other = {right, (int)right_length};
        *common = common_length(scratch, one, other);
        script_of(scratch, one, other, script);
        count = script->count;
        memcpy(steps, script->steps, (size_t)count * sizeof(Step));
    }
    free(script);
    free_scratch(scratch);
    return count;
}
