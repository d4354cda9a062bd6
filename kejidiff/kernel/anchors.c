/* Folded characters and units -> the anchors of each unit and its key: `sketch/unit_anchors`, unit by unit, so that a
   unit's hashes never leave the processor's inner cache. */

#include "kernel.h"

/* As in `sketch/unit_anchors`. */
#define GOLDEN 0x9E3779B97F4A7C15u
#define PRIME 0xC2B2AE3D27D4EB4Fu
#define PLACE_BITS 8

/* Hashing is 64-bit products, of which wide registers do four or eight at once. Measured: the hashes of 8 million grams
   take 18 ms, with AVX2 9.7, with AVX-512 6.7. Beware: choosing among them when the library is loaded takes GNU's. */
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__) && __GNUC__ >= 12
#define WIDE __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define WIDE
#endif

/* What a call works with, for units of at most `longest` characters. `slots`: a set of the hashes of one unit, open
   addressing; a slot holds the unit's number, from 1, above 32 bits of hash, so it need not be emptied for the next. */
typedef struct {
    const uint64_t *characters;
    int64_t gram;
    uint64_t *hashes, *other;
    int32_t *places;
    uint64_t *slots;
    uint64_t mask;
} Work;

/* Hashes of runs of 2 `step`s or less, from those of their halves: in -> out. */
WIDE static void double_grams(const uint64_t *restrict in, uint64_t *restrict out, int64_t size, int64_t step,
                              uint64_t factor) {
    for (int64_t at = 0; at < size; at++) {
        uint64_t left = in[at] * factor;
        out[at] = (left ^ left >> 29) + in[at + step];
    }
}

WIDE static void pair_characters(const uint64_t *restrict in, uint64_t *restrict out, int64_t size) {
    for (int64_t at = 0; at < size; at++) out[at] = in[at] * GOLDEN + in[at + 1];
}

/* The last step, in place; returns the sum. */
WIDE static uint64_t finish_grams(uint64_t *hashes, int64_t size) {
    uint64_t sum = 0;
    for (int64_t at = 0; at < size; at++) {
        uint64_t mixed = hashes[at] * PRIME;
        sum += hashes[at] = mixed ^ mixed >> 32;
    }
    return sum;
}

/* The hashes of a unit's grams, in `work->hashes`, and their sum; `size` is `work->gram` or more. */
static uint64_t hash_grams(Work *work, const uint16_t *folded, int64_t size) {
    for (int64_t at = 0; at < size; at++) work->other[at] = work->characters[folded[at]];
    pair_characters(work->other, work->hashes, --size);
    for (int64_t width = 2; width < work->gram;) {
        int64_t step = width < work->gram - width ? width : work->gram - width;
        size -= step;
        double_grams(work->hashes, work->other, size, step, width == 2 ? PRIME : GOLDEN);
        uint64_t *done = work->other;
        work->other = work->hashes;
        work->hashes = done;
        width += step;
    }
    return finish_grams(work->hashes, size);
}

/* Which of the hashes are anchors, in `work->places`. */
static int64_t sample_grams(Work *work, int64_t size, uint64_t rest) {
    int64_t number = 0;
    for (int64_t at = 0; at < size; at++) {
        work->places[number] = (int32_t)at;
        number += (work->hashes[at] & rest) == 0;
    }
    return number;
}

/* Whether the unit, by its number from 1, has none of that hash yet. */
static inline int is_first(Work *work, uint64_t hash, uint64_t unit) {
    uint64_t held = unit << 32 | hash >> 32;
    for (uint64_t at = held & work->mask;; at = (at + 1) & work->mask) {
        if (work->slots[at] == held) return 0;
        if (work->slots[at] >> 32 != unit) {
            work->slots[at] = held;
            return 1;
        }
    }
}

static int work_for(Work *work, int64_t longest) {
    uint64_t slots = 64;
    while (slots < 2 * (uint64_t)longest) slots *= 2;
    size_t room = (size_t)longest;
    char *memory = malloc(slots * 8 + room * 20);
    if (!memory) return 0;
    work->slots = memset(memory, 0, slots * 8);
    work->hashes = (uint64_t *)memory + slots;
    work->other = work->hashes + room;
    work->places = (int32_t *)(work->other + room);
    work->mask = slots - 1;
    return 1;
}

/* Anchors and keys of `units` units, rows of four of which the last two are folded start and end; each has `gram`
   characters or more.

   characters   65,536 numbers
   sample       a power of two
   first        the number of the first unit, which with the last has 24 bits
   anchors      room for as many as the units have grams; none twice in a unit
   keys         room for one a unit
   counts       room for one a unit: its anchors

   Gives the number of anchors, in the order of the text; -1 where there is no memory. */
EXPORT int64_t unit_anchors(const uint16_t *folded, const int64_t (*rows)[4], int64_t units, int64_t gram,
                            int64_t sample, int64_t first, const uint64_t *characters, uint64_t *anchors,
                            uint64_t *keys, uint16_t *counts) {
    int64_t longest = gram, number = 0;
    for (int64_t unit = 0; unit < units; unit++)
        if (rows[unit][3] - rows[unit][2] > longest) longest = rows[unit][3] - rows[unit][2];
    Work work = {.characters = characters, .gram = gram};
    if (!work_for(&work, longest)) return -1;
    void *memory = work.slots;
    for (int64_t unit = 0; unit < units; unit++) {
        int64_t size = rows[unit][3] - rows[unit][2], before = number;
        keys[unit] = hash_grams(&work, folded + rows[unit][2], size);
        int64_t kept = sample_grams(&work, size - gram + 1, (uint64_t)sample - 1);
        for (int64_t at = 0; at < kept; at++) {
            uint64_t hash = work.hashes[work.places[at]], place = (uint64_t)work.places[at] >> 1;
            anchors[number] = hash >> 32 << 32 | (uint64_t)(first + unit) << PLACE_BITS | place;
            number += is_first(&work, hash, (uint64_t)unit + 1);
        }
        counts[unit] = (uint16_t)(number - before);
    }
    free(memory);
    return number;
}
