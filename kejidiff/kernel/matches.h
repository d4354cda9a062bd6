/* Two units -> what they share; see matches.c. */

#ifndef KEJIDIFF_MATCHES_H
#define KEJIDIFF_MATCHES_H

#include "script.h"

/* As `Rules` of kernel/matches.py, which says what each is. */
typedef struct {
    double alike, least, matched;
    double price, block_price, margin, anchors, anchors_of_long, block_alike, in_order, together, covered;
    double drift, reach;
    double figure_symbol, figure, move, mask;
} Rules;

/* Texts of units one after the other, and the values of their figures: unit u has [begins[u], begins[u + 1]). */
typedef struct {
    const uint16_t *symbols;
    const int64_t *begins;
    const uint32_t *values;
    const int64_t *value_begins;
} UnitTexts;

/* Half-open offsets; `first` and `steps`: where its script is in an array of steps. */
typedef struct {
    int left, left_end, right, right_end, matched, longest, first, steps;
    double similarity;
} Match;

static inline Text text_of(const UnitTexts *units, int64_t unit) {
    return (Text){units->symbols + units->begins[unit], (int)(units->begins[unit + 1] - units->begins[unit])};
}

/* Normalised indel similarity, 0 below `least`. */
double similarity(Scratch *scratch, Text left, Text right, double least);
/* Two units that are alike as wholes as one match, its steps in `script`; 0 where there is none. */
int match_whole(Scratch *scratch, Text left, Text right, double alike, const Rules *rules, Script *script,
                Match *match);
/* The stretch of some steps with the highest score; 0 where nothing is equal. */
int best_stretch(const Step *steps, int count, double price, Match *match);
int enough(const Match *match, Text left, Text right, double alike, const Rules *rules);

#endif
