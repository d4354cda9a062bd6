/* Two short texts -> what they have in common, and the changes between them; see script.c. */

#ifndef KEJIDIFF_SCRIPT_H
#define KEJIDIFF_SCRIPT_H

#include "kernel.h"

/* Symbols of the longest text that is compared: the longest unit (BulkOptions.most), and 64 times WORDS. */
#define LONGEST 512
#define WORDS 8
/* Each step of a script takes a symbol of one side or of both. */
#define MOST_STEPS (2 * LONGEST)

/* As the edits of a large scan are numbered (unit_edits.KINDS); equal ones are no edit. */
enum { REPLACE, INSERT, DELETE, EQUAL };

/* Half-open offsets in both texts. */
typedef struct {
    int32_t kind, i, i_end, j, j_end;
} Step;

typedef struct {
    int count;
    Step steps[MOST_STEPS];
} Script;

/* `length` symbols of 16 bits, at most LONGEST. */
typedef struct {
    const uint16_t *symbols;
    int length;
} Text;

/* What comparing takes; made by `new_scratch`, NULL where there is no memory. */
typedef struct Scratch Scratch;

Scratch *new_scratch(void);
void free_scratch(Scratch *scratch);

/* The length of the longest common subsequence. */
int common_length(Scratch *scratch, Text left, Text right);
/* The shortest script from left to right: equal, replaced, put in, left out. */
void script_of(Scratch *scratch, Text left, Text right, Script *script);

static inline Text slice(Text text, int start, int end) {
    if (end > text.length) end = text.length;
    if (start > end) start = end;
    return (Text){text.symbols + start, end - start};
}

#endif
