/* Paragraphs -> units (`sketch/units`); keys of units -> keys by which they are paired (`sketch/unit_keys`). */

#include "kernel.h"

/* As in `sketch/unit_keys`. */
#define GOLDEN 0x9E3779B97F4A7C15u
#define PRIME 0xC2B2AE3D27D4EB4Fu

/* Steps that looking for a key may take in all: with keys that nobody made up it takes less than two. */
#define MOST_STEPS 32

typedef struct {
    const int64_t (*paragraphs)[4];
    int64_t number;
    const int64_t *sentences;
    int64_t ends;
    int64_t most;
    int64_t paragraph, end; /* up to where pieces were looked for: both only ever rise */
    int64_t (*units)[4];
    int64_t found;
} Cut;

static int64_t apart(int64_t one, int64_t other) { return one < other ? other - one : one - other; }

/* The sentence end next to `at` if it is near enough, else `at`. */
static int64_t near_end(Cut *cut, int64_t at) {
    if (!cut->ends) return at;
    while (cut->end < cut->ends && cut->sentences[cut->end] < at) cut->end++;
    int64_t before = cut->sentences[cut->end ? cut->end - 1 : 0];
    int64_t after = cut->sentences[cut->end < cut->ends ? cut->end : cut->ends - 1];
    int64_t nearest = apart(before, at) < apart(after, at) ? before : after;
    return apart(nearest, at) <= cut->most / 6 ? nearest : at;
}

static void add_unit(Cut *cut, int64_t text, int64_t paragraph, int64_t start, int64_t end) {
    int64_t *row = cut->units[cut->found++];
    row[0] = text;
    row[1] = paragraph;
    row[2] = start;
    row[3] = end;
}

/* The pieces of a unit that is too long. */
static void add_pieces(Cut *cut, int64_t text, int64_t start, int64_t end) {
    int64_t pieces = ((end - start) * 3 + cut->most * 2 - 1) / (cut->most * 2);
    for (int64_t piece = 0, begin = start; piece < pieces; piece++) {
        int64_t equal = start + (piece + 1) * (end - start) / pieces;
        int64_t close = piece + 1 < pieces ? near_end(cut, equal) : end;
        while (cut->paragraph + 1 < cut->number && cut->paragraphs[cut->paragraph + 1][2] <= begin) cut->paragraph++;
        add_unit(cut, text, cut->paragraph, begin, close);
        begin = close;
    }
}

/* Units of `number` paragraphs, rows of original and folded start and end; `texts` says which text each is of.

   sentences   `ends` of them, ascending
   most        64 or more, so that pieces are in order
   units       room for a row of four for each paragraph, and for each `most` / 3 folded characters

   Gives the number of units. */
EXPORT int64_t cut_units(const int64_t (*paragraphs)[4], const int64_t *texts, int64_t number, const int64_t *sentences,
                         int64_t ends, int64_t brief, int64_t least, int64_t most, int64_t (*units)[4]) {
    Cut cut = {
        .paragraphs = paragraphs, .number = number, .sentences = sentences, .ends = ends, .most = most, .units = units};
    for (int64_t first = 0, last; first < number; first = last + 1) {
        last = first;
        while (last + 1 < number && texts[last + 1] == texts[first] &&
               paragraphs[last][3] - paragraphs[last][2] < brief &&
               paragraphs[last + 1][3] - paragraphs[last + 1][2] < brief)
            last++;
        int64_t start = paragraphs[first][2], end = paragraphs[last][3];
        if (end - start < least) continue;
        if (end - start > most) add_pieces(&cut, texts[first], start, end);
        else add_unit(&cut, texts[first], first, start, end);
    }
    return cut.found;
}

static uint64_t mixed(uint64_t key, uint64_t other) {
    uint64_t hash = (key ^ (other + 1) * GOLDEN) * PRIME;
    return hash ^ hash >> 29;
}

/* How often each key came before in its text; 0 where that takes too long, as with keys made up for it. `slots`: a set
   of the units of one text, by their numbers from 1; what is left from texts before counts for nothing. */
static int count_before(const uint64_t *keys, const int64_t *texts, int64_t units, uint32_t *slots, uint64_t mask,
                        uint64_t *times) {
    int64_t first = 0, left = (units + 1) * MOST_STEPS;
    for (int64_t unit = 0; unit < units; unit++) {
        if (unit && texts[unit] != texts[unit - 1]) first = unit;
        uint64_t at = keys[unit] * GOLDEN >> 32 & mask;
        times[unit] = 0;
        for (; (int64_t)slots[at] > first; at = (at + 1) & mask) {
            uint32_t other = slots[at] - 1;
            if (keys[other] == keys[unit]) {
                times[unit] = times[other] + 1;
                break;
            }
            if (!left--) return 0;
        }
        slots[at] = (uint32_t)unit + 1;
    }
    return 1;
}

/* `own`, `beside` and `repeated` of `units` units, as `sketch/unit_keys` has them; `own` gets room, too. Fewer than
   2^31 units. Gives 1; 0 where that takes too long; -1 where there is no memory. */
EXPORT int64_t unit_keys(const uint64_t *keys, const int64_t *texts, int64_t units, uint64_t *own, uint64_t *beside,
                         uint8_t *repeated) {
    uint64_t slots = 64;
    while (slots < 2 * (uint64_t)units) slots *= 2;
    uint32_t *memory = calloc(slots, sizeof *memory);
    if (!memory) return -1;
    int done = count_before(keys, texts, units, memory, slots - 1, own);
    free(memory);
    if (!done) return 0;
    for (int64_t unit = 0; unit < units; unit++) {
        repeated[unit] = own[unit] > 0;
        own[unit] = mixed(keys[unit], own[unit]);
    }
    for (int64_t unit = 0; unit < units; unit++) {
        beside[unit] = own[unit];
        if (unit + 1 < units && texts[unit + 1] == texts[unit]) beside[unit] = mixed(own[unit], own[unit + 1]);
        else if (unit && texts[unit - 1] == texts[unit]) beside[unit] = mixed(own[unit], ~own[unit - 1]);
    }
    return 1;
}
