/* What is known of units' folded characters, matches in folded offsets -> the same in the original texts.

   As `locating` has it. A unit's table is made on the stack for each side of each match, and only what is asked for is
   looked up in it: where matches and edits begin and end, and countable characters at the ends of matches. */

#include "kernel.h"

/* Folded characters of a unit at most. */
#define MOST 512
/* A unit is longer than that, there is none of its number, or an offset is beyond its end. */
#define MISFIT (-1)

/* A row of numbers for each unit; the order of these is that of `origins.py`. */
struct unit {
    int64_t symbols, length; /* its folded characters: the first, and how many */
    int64_t start, end;      /* in the original text */
    int64_t kept, skipped;   /* its first byte of kept bits, and bits in that before it */
    int64_t figures;         /* its first figure */
    int64_t counted;         /* countable characters of the collection before it */
};

/* A row for each match. */
struct match {
    int64_t units[2];
    int64_t spans[2][2];
    int64_t edits;
};

/* And what becomes of it. */
struct located {
    int64_t spans[2][2], counted[2][2];
};

struct figure {
    uint32_t value, length, counted;
};

struct edit {
    int32_t kind, spans[2][2];
};

/* Of all units, one after the other, with how many there are. */
struct texts {
    const uint16_t *symbols;
    const uint8_t *kept;
    const struct figure *figures;
    int64_t symbol_count, kept_count, figure_count;
    uint16_t figure_symbol;
};

/* Where the folded characters of a unit start and end in the original text; behind the last, where the unit ends. A
   whole byte of bits may be written beyond what fits. */
struct table {
    int64_t length, counted;
    int32_t starts[MOST + 9], ends[MOST + 9];
    int figures;
    uint16_t places[MOST];
    const struct figure *told;
};

/* Bit by bit, without a branch: four of five bits are set. Bytes of none are passed over: a unit may hold millions of
   blanks. */
static int starts_of(const struct unit *unit, const uint8_t *kept, int32_t *starts) {
    int64_t found = 0, at = unit->start - unit->skipped;
    const uint8_t *byte = kept + unit->kept;
    for (int64_t skipped = unit->skipped; at < unit->end; at += 8, skipped = 0) {
        uint32_t bits = *byte++ & 0xFFu >> skipped;
        if (unit->end - at < 8) bits &= 0xFF00u >> (unit->end - at);
        if (!bits) continue;
        for (int bit = 0; bit < 8; bit++) {
            starts[found] = (int32_t)(at + bit);
            found += bits >> (7 - bit) & 1;
        }
        if (found > unit->length) return MISFIT;
    }
    return found == unit->length ? 0 : MISFIT;
}

/* Whether its characters and bits are among those given. */
static int is_told(const struct unit *unit, const struct texts *texts) {
    const int64_t bytes = (unit->end - unit->start + unit->skipped + 7) / 8;
    return unit->length >= 0 && unit->length <= MOST && unit->start <= unit->end && unit->skipped >= 0 &&
           unit->skipped < 8 && unit->symbols >= 0 && unit->symbols + unit->length <= texts->symbol_count &&
           unit->kept >= 0 && unit->kept + bytes <= texts->kept_count && unit->figures >= 0;
}

static int table_of(const struct unit *unit, const struct texts *texts, struct table *table) {
    if (!is_told(unit, texts) || starts_of(unit, texts->kept, table->starts) == MISFIT) return MISFIT;
    const uint16_t *symbols = texts->symbols + unit->symbols;
    int figures = 0;
    for (int64_t at = 0; at < unit->length; at++) {
        table->ends[at] = table->starts[at] + 1;
        table->places[figures] = (uint16_t)at;
        figures += symbols[at] == texts->figure_symbol;
    }
    if (unit->figures + figures > texts->figure_count) return MISFIT;
    table->told = texts->figures + unit->figures;
    for (int figure = 0; figure < figures; figure++)
        table->ends[table->places[figure]] =
            (int32_t)((uint32_t)table->starts[table->places[figure]] + table->told[figure].length);
    table->starts[unit->length] = table->ends[unit->length] = (int32_t)unit->end;
    table->length = unit->length;
    table->figures = figures;
    table->counted = unit->counted;
    return 0;
}

static int64_t counted_before(const struct table *table, int64_t at) {
    int64_t more = 0;
    for (int figure = 0; figure < table->figures && table->places[figure] < at; figure++)
        more += (int64_t)table->told[figure].counted - 1;
    return table->counted + at + more;
}

static int locate_match(const struct table *table, const int64_t *span, int64_t *original, int64_t *counted) {
    if (span[0] < 0 || span[0] >= span[1] || span[1] > table->length) return MISFIT;
    original[0] = table->starts[span[0]];
    original[1] = table->ends[span[1] - 1];
    counted[0] = counted_before(table, span[0]);
    counted[1] = counted_before(table, span[1]);
    return 0;
}

static inline int32_t at_most(int32_t place, int64_t end) { return place < end ? place : (int32_t)end; }

/* What came or went at the end of a match stands at its end. */
static int locate_edit(const struct table *table, int64_t end, int32_t *span) {
    if (span[0] < 0 || span[0] > span[1] || span[1] > table->length) return MISFIT;
    const int32_t start = table->starts[span[0]];
    span[1] = at_most(span[1] > span[0] ? table->ends[span[1] - 1] : start, end);
    span[0] = at_most(start, end);
    return 0;
}

/* One side of one match and of its edits. */
static int locate_side(const struct match *match, int side, const struct table *table, struct edit *edits,
                       struct located *located) {
    if (locate_match(table, match->spans[side], located->spans[side], located->counted[side]) == MISFIT) return MISFIT;
    for (int64_t edit = 0; edit < match->edits; edit++)
        if (locate_edit(table, located->spans[side][1], edits[edit].spans[side]) == MISFIT) return MISFIT;
    return 0;
}

/* How many of the folded characters of each unit are `symbol`. */
EXPORT int64_t origins_figures(const uint16_t *symbols, const int64_t *lengths, int64_t units, int64_t symbol,
                               int64_t *counts) {
    for (int64_t unit = 0; unit < units; symbols += lengths[unit++]) {
        uint16_t count = 0;
        int64_t all = 0;
        for (int64_t at = 0; at < lengths[unit];) {
            const int64_t end = lengths[unit] - at < UINT16_MAX ? lengths[unit] : at + UINT16_MAX;
            for (count = 0; at < end; at++) count = (uint16_t)(count + (symbols[at] == (uint16_t)symbol));
            all += count;
        }
        counts[unit] = all;
    }
    return units;
}

/* Locates matches; their edits, one match after the other, are overwritten. MISFIT as above. Where the unit of a side is
   that of the match before, its table is there: a unit that very many copied is the left one of all these. */
EXPORT int64_t origins_located(const uint16_t *symbols, int64_t symbol_count, const uint8_t *kept, int64_t kept_count,
                               const struct figure *figures, int64_t figure_count, int64_t figure_symbol,
                               const struct unit *units, int64_t count, const struct match *matches, int64_t found,
                               struct edit *edits, struct located *located) {
    const struct texts texts = {
        symbols, kept, figures, symbol_count, kept_count, figure_count, (uint16_t)figure_symbol};
    struct table tables[2];
    int64_t made[2] = {MISFIT, MISFIT}; /* of which unit */
    for (int64_t at = 0; at < found; edits += matches[at++].edits)
        for (int side = 0; side < 2; side++) {
            const int64_t unit = matches[at].units[side];
            if (unit < 0 || unit >= count) return MISFIT;
            if (unit != made[side] && table_of(units + unit, &texts, &tables[side]) == MISFIT) return MISFIT;
            made[side] = unit;
            if (locate_side(matches + at, side, &tables[side], edits, located + at) == MISFIT) return MISFIT;
        }
    return found;
}
