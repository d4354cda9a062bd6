/* Pairs of units and the places of their shared anchors -> matches with their edits.

What align/units.py says, step by step and with the same operations on doubles. The matches of a pair are by left
offset; edits are those of unit_edits.edits_of.

Taken for granted, and looked at in matches.py: units have at most LONGEST symbols; places are from 0 to 65,535. And taken
for granted: each unit has a value for each of its figures (`units_on_disk.Units` counts them in the texts, and reads
as many). */

#include "parts.h"

/* Rows and edits that one pair can come to: a match takes a symbol of each side at least; an edit a symbol of one side,
   or a figure, or it is a match that was moved. */
#define MOST_MATCHES LONGEST
#define MOST_EDITS (4 * LONGEST)
#define ROW 8
#define EDIT 5

/* What matching takes besides. */
typedef struct {
    Scratch *scratch;
    Place *places;
    Block *blocks;
    Script *script;
    Parts *parts;
    Reordered *whole;
} Matcher;

/* What comes out; `rows`, `edits`: how many there are. */
typedef struct {
    int32_t *row;
    double *similarities;
    int32_t *edit;
    int64_t rows, edits;
} Output;

/* Both units of a pair; `figures`: whether there are any on the left. */
typedef struct {
    int64_t pair;
    int figures;
    Text left, right;
    const uint32_t *left_values, *right_values;
} Pair;

static void put_edit(Output *output, int kind, int i, int i_end, int j, int j_end) {
    int32_t edit[EDIT] = {kind, i, i_end, j, j_end};
    memcpy(output->edit + EDIT * output->edits++, edit, sizeof edit);
}

/* Figures in `[from, to)`. */
static int count_figures(const uint16_t *symbols, int from, int to, uint16_t symbol) {
    int count = 0;
    for (int at = from; at < to; at++) count += symbols[at] == symbol;
    return count;
}

/* Of `count` figures in an equal step those that differ; `number`, `opposite`: figures before it on either side. */
static void put_figures(Output *output, const Pair *pair, const Step *step, int count, int number, int opposite,
                        const Rules *rules) {
    uint16_t symbol = (uint16_t)rules->figure_symbol;
    for (int at = step->i; count > 0; at++) {
        if (pair->left.symbols[at] != symbol) continue;
        uint32_t one = pair->left_values[number++], two = pair->right_values[opposite++];
        int kind = (int)(one && two ? rules->figure : rules->mask), other = step->j + at - step->i;
        if (one != two) put_edit(output, kind, at, at + 1, other, other + 1);
        count--;
    }
}

/* Changes in their order, and among them those of figures that stand at corresponding places. */
static void put_changes(Output *output, const Pair *pair, const Step *steps, int count, const Rules *rules) {
    const uint16_t *left = pair->left.symbols, *right = pair->right.symbols, symbol = (uint16_t)rules->figure_symbol;
    int i = 0, j = 0, number = 0, opposite = 0; /* figures before i and j */
    for (const Step *step = steps; step < steps + count; step++) {
        if (step->kind != EQUAL) {
            put_edit(output, step->kind, step->i, step->i_end, step->j, step->j_end);
            continue;
        }
        int figures = pair->figures ? count_figures(left, step->i, step->i_end, symbol) : 0;
        if (!figures) continue;
        number += count_figures(left, i, step->i, symbol);
        opposite += count_figures(right, j, step->j, symbol);
        put_figures(output, pair, step, figures, number, opposite, rules);
        i = step->i_end, j = step->j_end;
        number += figures, opposite += figures;
    }
}

/* A match with its own steps, and what was moved. */
static void put_match(Output *output, const Pair *pair, const Match *match, const Step *steps, const Match *moved,
                      int count, const Rules *rules) {
    int64_t before = output->edits;
    put_changes(output, pair, steps, match->steps, rules);
    for (int at = 0; at < count; at++)
        put_edit(output, (int)rules->move, moved[at].left, moved[at].left_end, moved[at].right, moved[at].right_end);
    int32_t row[ROW] = {(int32_t)pair->pair, match->left,    match->left_end, match->right,
                        match->right_end,    match->matched, match->longest,  (int32_t)(output->edits - before)};
    memcpy(output->row + ROW * output->rows, row, sizeof row);
    output->similarities[output->rows++] = match->similarity;
}

static void put_whole(Output *output, const Pair *pair, double alike, Matcher *matcher, const Rules *rules) {
    Match match;
    if (match_whole(matcher->scratch, pair->left, pair->right, alike, rules, matcher->script, &match))
        put_match(output, pair, &match, matcher->script->steps + match.first, NULL, 0, rules);
}

static void put_equal(Output *output, const Pair *pair, const Rules *rules) {
    int length = pair->left.length;
    Match match = {0, length, 0, length, length, length, 0, 1, 1.0};
    Step step = {EQUAL, 0, length, 0, length};
    put_match(output, pair, &match, &step, NULL, 0, rules);
}

/* What was found block by block: as one match in another order, as several, or those of them that are enough; 0 where
   that is none. */
static int put_parts(Output *output, const Pair *pair, Matcher *matcher, const Rules *rules) {
    const Parts *parts = matcher->parts;
    int matched = 0;
    int64_t before = output->rows;
    if (parts->count > 1 && reorder(matcher->scratch, pair->left, pair->right, parts, rules, matcher->whole)) {
        Reordered *whole = matcher->whole;
        put_match(output, pair, &whole->match, whole->script.steps, whole->moved, whole->count, rules);
        return 1;
    }
    for (int at = 0; at < parts->count; at++) matched += parts->matches[at].matched;
    int together = matched >= rules->together * rules->matched;
    for (int at = 0; at < parts->count; at++) {
        const Match *match = &parts->matches[at];
        if (together || enough(match, pair->left, pair->right, rules->block_alike, rules))
            put_match(output, pair, match, parts->steps + match->first, NULL, 0, rules);
    }
    return output->rows > before;
}

static int out_of_order(const Block *blocks, int64_t count) {
    for (int64_t at = 1; at < count; at++)
        if (blocks[at].right < blocks[at - 1].right) return 1;
    return 0;
}

/* Long units that are not alike as wholes need more anchors. */
static int too_few(const Block *blocks, int64_t count, const Pair *pair, const Rules *rules) {
    int shorter = pair->left.length < pair->right.length ? pair->left.length : pair->right.length;
    int64_t anchors = 0;
    for (int64_t at = 0; at < count; at++) anchors += blocks[at].anchors;
    return shorter >= rules->together * rules->matched && anchors < rules->anchors_of_long;
}

static void match_units(Output *output, const Pair *pair, int64_t places, Matcher *matcher, const Rules *rules) {
    Text left = pair->left, right = pair->right;
    if (left.length == right.length && !memcmp(left.symbols, right.symbols, (size_t)left.length * sizeof(uint16_t))) {
        put_equal(output, pair, rules);
        return;
    }
    double alike = similarity(matcher->scratch, left, right, rules->alike);
    int whole = alike >= rules->in_order;
    int64_t blocks = 0;
    if (!whole) {
        sort_places(matcher->places, places);
        whole = alike != 0 && in_order(matcher->places, places);
    }
    if (!whole) {
        blocks = find_blocks(matcher->places, places, rules, matcher->blocks);
        whole = alike != 0 && !out_of_order(matcher->blocks, blocks);
    }
    if (!whole) {
        if (alike == 0 && too_few(matcher->blocks, blocks, pair, rules)) blocks = 0;
        match_by_block(matcher->scratch, left, right, matcher->blocks, blocks, rules, matcher->parts);
        whole = !put_parts(output, pair, matcher, rules) && alike != 0;
    }
    if (whole) put_whole(output, pair, rules->alike, matcher, rules);
}

static void close_matcher(Matcher *matcher) {
    free_scratch(matcher->scratch);
    free(matcher->places), free(matcher->blocks), free(matcher->script), free(matcher->parts), free(matcher->whole);
}

/* 0 where there is no memory. */
static int open_matcher(Matcher *matcher, int64_t most_places) {
    size_t places = (size_t)most_places + 1;
    *matcher = (Matcher){new_scratch(),          malloc(places * sizeof(Place)), malloc(places * sizeof(Block)),
                         malloc(sizeof(Script)), malloc(sizeof(Parts)),          malloc(sizeof(Reordered))};
    return matcher->scratch && matcher->places && matcher->blocks && matcher->script && matcher->parts &&
           matcher->whole;
}

static Pair pair_of(const UnitTexts *units, int64_t pair, int64_t left, int64_t right) {
    return (Pair){pair,
                  units->value_begins[left] < units->value_begins[left + 1],
                  text_of(units, left),
                  text_of(units, right),
                  units->values + units->value_begins[left],
                  units->values + units->value_begins[right]};
}

/* Pairs from `*next` up to `end`: as many as there is room for; `*next` becomes the first that is not done.

rules          as `Rules`
lefts, rights  numbers of units
edges          of the places each pair's are [edges[pair], edges[pair + 1]), at most `most_places`
rows           pair, left, left_end, right, right_end, matched, longest, edits of each match
room           rows and edits that there is room for: at least MOST_MATCHES and MOST_EDITS
made           rows and edits that were made

0, or -1 for want of memory. */
EXPORT int64_t match_pairs(const Rules *rules, const uint16_t *symbols, const int64_t *begins, const uint32_t *values,
                           const int64_t *value_begins, const int64_t *lefts, const int64_t *rights,
                           const int64_t *edges, const int64_t *left_places, const int64_t *right_places,
                           int64_t most_places, int64_t *next, int64_t end, int32_t *rows, double *similarities,
                           int32_t *edits, const int64_t *room, int64_t *made) {
    UnitTexts units = {symbols, begins, values, value_begins};
    Output output = {rows, similarities, edits, 0, 0};
    Matcher matcher;
    int opened = open_matcher(&matcher, most_places);
    for (; opened && *next < end; (*next)++) {
        int64_t at = *next, first = edges[at], places = edges[at + 1] - first;
        if (output.rows + MOST_MATCHES > room[0] || output.edits + MOST_EDITS > room[1]) break;
        Pair pair = pair_of(&units, at, lefts[at], rights[at]);
        for (int64_t place = 0; place < places; place++)
            matcher.places[place] = (Place){(int32_t)left_places[first + place], (int32_t)right_places[first + place]};
        match_units(&output, &pair, places, &matcher, rules);
    }
    close_matcher(&matcher);
    made[0] = output.rows, made[1] = output.edits;
    return opened ? 0 : -1;
}

/* The same of units as wholes, without looking for blocks; at most one match each. */
EXPORT int64_t match_whole_pairs(const Rules *rules, double alike, const uint16_t *symbols, const int64_t *begins,
                                 const uint32_t *values, const int64_t *value_begins, const int64_t *lefts,
                                 const int64_t *rights, int64_t *next, int64_t end, int32_t *rows, double *similarities,
                                 int32_t *edits, const int64_t *room, int64_t *made) {
    UnitTexts units = {symbols, begins, values, value_begins};
    Output output = {rows, similarities, edits, 0, 0};
    Matcher matcher;
    int opened = open_matcher(&matcher, 0);
    for (; opened && *next < end; (*next)++) {
        if (output.rows + MOST_MATCHES > room[0] || output.edits + MOST_EDITS > room[1]) break;
        Pair pair = pair_of(&units, *next, lefts[*next], rights[*next]);
        if (similarity(matcher.scratch, pair.left, pair.right, alike) != 0)
            put_whole(&output, &pair, alike, &matcher, rules);
    }
    close_matcher(&matcher);
    made[0] = output.rows, made[1] = output.edits;
    return opened ? 0 : -1;
}
