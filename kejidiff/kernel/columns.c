/* A stream and its units -> the columns of a sketch (`pipeline/bulk/sketching`): where in the original text units lie,
   how many figures and countable characters stand before them. */

#include "kernel.h"

/* Where the kept characters are, looked for from the beginning to the end. */
typedef struct {
    const uint8_t *kept;
    int64_t size;
    int64_t at, before; /* an original offset, and the kept characters before it */
} Walk;

/* The original offset of kept character `number`, which is one: no less than the one asked for before. */
static int64_t offset_of(Walk *walk, int64_t number) {
    while (walk->at + 32 <= walk->size) {
        uint64_t words[4]; /* of bytes that are 0 or 1: their sum is one of bytes up to 4, those come to 32 at most */
        memcpy(words, walk->kept + walk->at, sizeof words);
        uint64_t sums = words[0] + words[1] + words[2] + words[3];
        int64_t more = (int64_t)(sums * 0x0101010101010101u >> 56);
        if (walk->before + more > number) break;
        walk->before += more;
        walk->at += 32;
    }
    int64_t at = walk->at, left = number - walk->before;
    for (; at < walk->size; at++)
        if (walk->kept[at] && !left--) break;
    return at;
}

/* `units` rows of eight as of `ShardSketch`, of units as `cut_units` gives them.

   kept       0 or 1 for each of `size` original characters
   texts      original offset at which each text begins
   figures    `number` rows of folded offset, value, original length, countable characters
   start      where in its file's text the only text begins; 0 for whole ones
   before     of the shard before the stream: documents, folded characters, bits, figures, countable characters

   What does not fit 32 bits is cut. Gives the number of units. */
EXPORT int64_t unit_columns(const int64_t (*rows)[4], int64_t units, const uint8_t *kept, int64_t size,
                            const int64_t *texts, const int64_t (*figures)[4], int64_t number, int64_t start,
                            const int64_t *before, uint32_t (*columns)[8]) {
    Walk walk = {kept, size, 0, 0};
    int64_t figure = 0, more = 0;
    for (int64_t unit = 0; unit < units; unit++) {
        const int64_t *row = rows[unit];
        int64_t begin = row[2], end = row[3], at = texts[row[0]] - start, last;
        for (; figure < number && figures[figure][0] < begin; figure++) more += figures[figure][3] - 1;
        for (last = figure; last < number && figures[last][0] < end - 1; last++) {
        }
        int64_t first = offset_of(&walk, begin), close = offset_of(&walk, end - 1) + 1;
        if (last < number && figures[last][0] == end - 1) close += figures[last][2] - 1;
        const int64_t cells[8] = {row[0] + before[0], first - at,        close - at,         begin + before[1],
                                  end - begin,        first + before[2], figure + before[3], begin + more + before[4]};
        for (int cell = 0; cell < 8; cell++) columns[unit][cell] = (uint32_t)cells[cell];
    }
    return units;
}
