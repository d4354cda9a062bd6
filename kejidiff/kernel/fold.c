/* Character codes of a batch of texts -> the columns of a stream (`text/stream.Stream`): one pass over the characters.

   A code's entry in the table says what it folds to and what else is to be done about it; of twenty characters one
   needs something, and all others take the same few steps without a jump. */

#include "kernel.h"

/* A table entry: the folded character, and bits. `fold.py` makes it; the bits must be the same there. */
#define KEPT 0x80000000u
#define HANZI 0x40000000u
#define CHANGED 0x20000000u
#define PRIVATE 0x100000u
#define LINE 0x80000u
#define SENTENCE_BIT 18
#define FIGURE 0x20000u
#define ODD 0x10000u
#define SPECIAL (PRIVATE | LINE | FIGURE | ODD)

/* As in `text/figure_runs`. */
#define FIGURE_SYMBOL '#'
#define AFTER_POINT 64
#define BASE 1000003u
#define LONGEST 64

/* What is known of a batch while it is folded. `exotic`: folded characters of the private ones, in their order. */
typedef struct {
    const uint16_t *codes;
    const uint32_t *table;
    const uint16_t *exotic;
    int64_t exotics, met;
    uint16_t *folded;
    uint8_t *kept;
    int64_t (*paragraphs)[4];
    int64_t *sentences;
    int64_t (*figures)[4];
    int64_t filled, ends, found;          /* how many of the three */
    int64_t at_folded, line, folded_line; /* folded characters so far; where the line begins */
    int64_t told, hanzi, changed, odd;    /* of one text; `told`: how far Hanzi are counted */
    int64_t more;                         /* characters that figures count beyond their symbols */
} Fold;

/* A run of digits and masks, points and commas between them: `text/figure_runs`. */
typedef struct {
    int64_t end;
    int64_t members, digits, counted;
    uint32_t value;
} Run;

static int is_point(uint16_t code) { return code == '.' || code == 0xFF0E; }

static int is_joint(uint16_t code) { return is_point(code) || code == ',' || code == 0xFF0C; }

/* The run that begins at `at`; of its characters but the first, none is kept. */
static Run run_from(Fold *fold, int64_t at, int64_t end) {
    const uint16_t *codes = fold->codes;
    const uint32_t *table = fold->table;
    Run run = {at, 0, 0, 0, 0};
    uint32_t power = 1, pointed = 0;
    for (;;) {
        uint32_t plain = (uint16_t)table[codes[at]];
        run.members++;
        run.digits += plain - '0' < 10;
        run.counted += plain > 2;
        run.value += (plain - '0' + 1 + pointed) * power;
        power = run.members < LONGEST ? power * BASE : power;
        if (++at == end) break;
        pointed = 0;
        if (!(table[codes[at]] & FIGURE)) {
            if (!is_joint(codes[at]) || at + 1 == end || !(table[codes[at + 1]] & FIGURE)) break;
            pointed = is_point(codes[at]) ? AFTER_POINT : 0;
            fold->kept[at++] = 0;
        }
        fold->kept[at] = 0;
    }
    run.end = at;
    return run;
}

static inline void append(Fold *fold, int64_t at, uint32_t entry) {
    fold->folded[fold->at_folded] = (uint16_t)entry;
    fold->kept[at] = entry >> 31;
    fold->at_folded += entry >> 31;
}

/* The characters from `at` on that stand in one run; returns where it ends. Only with a digit is it a figure. */
static int64_t add_run(Fold *fold, int64_t at, int64_t end) {
    Run run = run_from(fold, at, end);
    if (!run.digits) {
        for (; at < run.end; at++) append(fold, at, fold->table[fold->codes[at]]);
        return at;
    }
    int64_t *row = fold->figures[fold->found++];
    row[0] = fold->at_folded;
    row[1] = run.digits < run.members ? 0 : run.value ? run.value : 1;
    row[2] = run.end - at;
    row[3] = run.counted;
    fold->more += run.counted - 1;
    append(fold, at, KEPT | FIGURE_SYMBOL);
    return run.end;
}

static void end_line(Fold *fold, int64_t at) {
    if (fold->at_folded > fold->folded_line) {
        int64_t *row = fold->paragraphs[fold->filled++];
        row[0] = fold->line;
        row[1] = at;
        row[2] = fold->folded_line;
        row[3] = fold->at_folded;
    }
    fold->line = at + 1;
    fold->folded_line = fold->at_folded;
}

/* One character, or a run, that needs more than its entry; returns where the next begins, -1 where it is a private one
   that the caller has not told of. */
static int64_t add_special(Fold *fold, int64_t at, int64_t end, uint32_t entry) {
    if (entry & FIGURE) return add_run(fold, at, end);
    fold->odd += !!(entry & ODD);
    if (entry & PRIVATE) {
        if (fold->met == fold->exotics) return -1;
        uint16_t folded = fold->exotic[fold->met++];
        entry = folded | (folded > 2 ? KEPT : 0);
        if (at < fold->told && folded >= 0x4E00 && folded < 0xA000) {
            fold->hanzi++;
            fold->changed++;
        }
    }
    if (entry & LINE) end_line(fold, at);
    append(fold, at, entry);
    return at + 1;
}

/* Measured: with a jump for every sentence end, which nothing foretells, a third slower than with none. */
static int add_text(Fold *fold, int64_t at, int64_t end) {
    const uint16_t *codes = fold->codes;
    const uint32_t *table = fold->table;
    uint16_t *folded = fold->folded;
    uint8_t *kept = fold->kept;
    int64_t *sentences = fold->sentences;
    int64_t number = fold->at_folded, ends = fold->ends;
    while (at < end) {
        uint32_t entry = table[codes[at]];
        if (__builtin_expect(entry & SPECIAL, 0)) {
            fold->at_folded = number;
            at = add_special(fold, at, end, entry);
            if (at < 0) return 0;
            number = fold->at_folded;
            continue;
        }
        sentences[ends] = number;
        ends += entry >> SENTENCE_BIT & 1;
        folded[number] = (uint16_t)entry;
        kept[at++] = entry >> 31;
        number += entry >> 31;
    }
    fold->at_folded = number;
    fold->ends = ends;
    return 1;
}

static void count_hanzi(Fold *fold, int64_t at) {
    int64_t hanzi = 0, changed = 0;
    for (; at < fold->told; at++) {
        uint32_t entry = fold->table[fold->codes[at]];
        hanzi += entry >> 30 & 1;
        changed += entry >> 29 & 1;
    }
    fold->hanzi += hanzi;
    fold->changed += changed;
}

/* Fold `texts` texts of `lengths` codes each, a line end between each two: `size` codes in all.

   table       65,536 entries
   exotic      what the private codes fold to, `exotics` of them, in their order
   telling     codes from the beginning of a text in which Hanzi are counted
   folded      room for `size` + 1; `kept` for `size` + 1; `sentences` for `size` + 1; `paragraphs` and `figures` for
               `size` / 2 + 1 rows of four
   told        room for a row of four for each text: Hanzi, changed ones; odd characters, countable ones
   sizes       room for 3: how many paragraphs, sentence ends and figures there are

   Gives the number of folded characters; -1 where there are more private codes than `exotics`. */
EXPORT int64_t fold_codes(const uint16_t *codes, const int64_t *lengths, int64_t texts, const uint32_t *table,
                          const uint16_t *exotic, int64_t exotics, int64_t telling, uint16_t *folded, uint8_t *kept,
                          int64_t (*paragraphs)[4], int64_t *sentences, int64_t (*figures)[4], int64_t (*told)[4],
                          int64_t *sizes) {
    Fold fold = {.codes = codes,
                 .table = table,
                 .exotic = exotic,
                 .exotics = exotics,
                 .folded = folded,
                 .kept = kept,
                 .paragraphs = paragraphs,
                 .sentences = sentences,
                 .figures = figures};
    int64_t at = 0;
    for (int64_t text = 0; text < texts; text++) {
        int64_t end = at + lengths[text];
        int64_t before = fold.at_folded + fold.more;
        fold.told = at + (lengths[text] < telling ? lengths[text] : telling);
        fold.hanzi = fold.changed = fold.odd = 0;
        if (!add_text(&fold, at, end)) return -1;
        count_hanzi(&fold, at);
        told[text][0] = fold.hanzi;
        told[text][1] = fold.changed;
        told[text][2] = fold.odd;
        told[text][3] = fold.at_folded + fold.more - before;
        end_line(&fold, end);
        kept[end] = 0; /* the line end between two texts, and room behind the last */
        at = end + 1;
    }
    sizes[0] = fold.filled;
    sizes[1] = fold.ends;
    sizes[2] = fold.found;
    return fold.at_folded;
}
