/* Matches between two documents, many pairs of documents -> pairs of units beside them that match as wholes.

What align/unit_neighbours.py says, pair of documents by pair of documents. Not all texts are at hand: where one is
asked for that is not, the pair of documents is left for another time.

Taken for granted, and looked at in neighbours.py: numbers of units have 32 bits, those that are known ascend, and the
units of all matches are known. */

#include "matches.h"

/* How one pair of documents ended. */
enum { DONE = 1, WANTING = 2, FULL = 3, NO_MEMORY = 4 };

/* As `Nearness` of kernel/neighbours.py. */
typedef struct {
    double alike, full;
} Nearness;

/* Pairs of units, each `left << 32 | right`. */
typedef struct {
    uint64_t *pairs;
    int64_t count, room;
} Stack;

/* The same as a hash set of a power of two of places; 0 is free: no unit stands beside itself. */
typedef struct {
    uint64_t *pairs;
    int64_t count, size, room;
} Tried;

/* What a match holds of a unit; `next` of the same unit, or -1. */
typedef struct {
    int32_t start, end;
    int64_t slot, next;
} Span;

/* Spans by slot: a known unit on the left, or after all of these on the right. */
typedef struct {
    int64_t *heads;
    Span *spans;
    int64_t count, room;
} Held;

typedef struct {
    const Rules *rules;
    const Nearness *nearness;
    const int64_t *steps; /* pairs of them */
    int64_t steps_count;
    UnitTexts texts;
    const int64_t *known;
    int64_t known_count;
    Scratch *scratch;
    Script *script;
    Stack ahead, found;
    Tried tried;
    Held held;
} Search;

/* Room for one more item of `size` bytes; 0 where there is no memory. */
static int grow(void **items, int64_t count, int64_t *room, size_t size) {
    if (count < *room) return 1;
    int64_t wanted = *room ? 2 * *room : 64;
    void *larger = realloc(*items, (size_t)wanted * size);
    if (larger == NULL) return 0;
    *items = larger, *room = wanted;
    return 1;
}

static int push(Stack *stack, uint64_t pair) {
    void *items = stack->pairs;
    if (!grow(&items, stack->count, &stack->room, sizeof(uint64_t))) return 0;
    stack->pairs = items;
    stack->pairs[stack->count++] = pair;
    return 1;
}

static int64_t place_of(const Tried *tried, uint64_t pair) {
    uint64_t mask = (uint64_t)tried->size - 1, at = (pair * UINT64_C(0x9E3779B97F4A7C15)) >> 32 & mask;
    while (tried->pairs[at] && tried->pairs[at] != pair) at = (at + 1) & mask;
    return (int64_t)at;
}

/* An empty set with so many places, a power of two. */
static int clear_tried(Tried *tried, int64_t size) {
    if (size > tried->room) {
        uint64_t *larger = realloc(tried->pairs, (size_t)size * sizeof(uint64_t));
        if (larger == NULL) return 0;
        tried->pairs = larger, tried->room = size;
    }
    memset(tried->pairs, 0, (size_t)size * sizeof(uint64_t));
    tried->size = size, tried->count = 0;
    return 1;
}

/* Twice as many places for the same pairs. */
static int widen(Tried *tried) {
    Tried wider = {NULL, 0, 0, 0};
    if (!clear_tried(&wider, 2 * tried->size)) return 0;
    for (int64_t at = 0; at < tried->size; at++)
        if (tried->pairs[at]) wider.pairs[place_of(&wider, tried->pairs[at])] = tried->pairs[at];
    wider.count = tried->count;
    free(tried->pairs);
    *tried = wider;
    return 1;
}

/* 1 where the pair is new, 0 where it was tried, -1 where there is no memory. */
static int try_pair(Tried *tried, uint64_t pair) {
    int64_t at = place_of(tried, pair);
    if (tried->pairs[at]) return 0;
    tried->pairs[at] = pair;
    if (2 * ++tried->count <= tried->size) return 1;
    return widen(tried) ? 1 : -1;
}

static int hold(Held *held, int64_t slot, int start, int end) {
    void *items = held->spans;
    if (!grow(&items, held->count, &held->room, sizeof(Span))) return 0;
    held->spans = items;
    held->spans[held->count] = (Span){start, end, slot, held->heads[slot]};
    held->heads[slot] = held->count++;
    return 1;
}

static void clear_held(Held *held) {
    for (int64_t at = 0; at < held->count; at++) held->heads[held->spans[at].slot] = -1;
    held->count = 0;
}

/* Matches hold so much of the unit that it has no room for another. */
static int is_full(const Held *held, int64_t slot, int length, double full) {
    int64_t sum = 0;
    for (int64_t at = held->heads[slot]; at >= 0; at = held->spans[at].next)
        sum += held->spans[at].end - held->spans[at].start;
    return (double)sum > full * length;
}

static int is_free(const Held *held, int64_t slot, int start, int end) {
    for (int64_t at = held->heads[slot]; at >= 0; at = held->spans[at].next)
        if (start < held->spans[at].end && held->spans[at].start < end) return 0;
    return 1;
}

/* Where a unit is among the known ones, or -1. */
static int64_t known_at(const Search *search, int64_t unit) {
    int64_t first = 0, last = search->known_count;
    while (first < last) {
        int64_t middle = first + (last - first) / 2;
        if (search->known[middle] < unit) first = middle + 1;
        else last = middle;
    }
    return first < search->known_count && search->known[first] == unit ? first : -1;
}

/* A pair of units that was not tried before: 0, or how it all ends. */
static int look_at(Search *search, uint64_t pair) {
    int64_t left = known_at(search, (int64_t)(pair >> 32)), right = known_at(search, (int64_t)(pair & UINT32_MAX));
    if (left < 0 || right < 0) return WANTING;
    Held *held = &search->held;
    Text one = text_of(&search->texts, left), other = text_of(&search->texts, right);
    int64_t right_slot = search->known_count + right;
    double full = search->nearness->full, alike = search->nearness->alike;
    if (is_full(held, left, one.length, full) || is_full(held, right_slot, other.length, full)) return 0;
    Match match;
    if (similarity(search->scratch, one, other, alike) == 0 ||
        !match_whole(search->scratch, one, other, alike, search->rules, search->script, &match))
        return 0;
    if (!is_free(held, left, match.left, match.left_end) || !is_free(held, right_slot, match.right, match.right_end))
        return 0;
    int kept = hold(held, left, match.left, match.left_end) && hold(held, right_slot, match.right, match.right_end) &&
               push(&search->ahead, pair) && push(&search->found, pair);
    return kept ? 0 : NO_MEMORY;
}

/* All steps from one pair; `ranges`: first and end of the units of both documents. */
static int look_around(Search *search, uint64_t pair, const int64_t *ranges) {
    for (int64_t at = 0; at < search->steps_count; at++) {
        int64_t left = (int64_t)(pair >> 32) + search->steps[2 * at];
        int64_t right = (int64_t)(pair & UINT32_MAX) + search->steps[2 * at + 1];
        if (left < ranges[0] || left >= ranges[1] || right < ranges[2] || right >= ranges[3]) continue;
        uint64_t beside = (uint64_t)left << 32 | (uint64_t)right;
        int new = try_pair(&search->tried, beside);
        int ended = new < 0 ? NO_MEMORY : new ? look_at(search, beside) : 0;
        if (ended) return ended;
    }
    return 0;
}

static int descending(const void *one, const void *other) {
    uint64_t left = *(const uint64_t *)one, right = *(const uint64_t *)other;
    return left < right ? 1 : left > right ? -1 : 0;
}

/* Matches of one pair of documents, taken in: what they hold, and each pair of units once, the first on top. */
static int begin(Search *search, const int64_t *units, const int32_t *spans, int64_t count) {
    int64_t size = 64;
    while (size < 32 * count) size *= 2;
    clear_held(&search->held);
    search->ahead.count = 0;
    if (!clear_tried(&search->tried, size)) return 0;
    for (int64_t at = 0; at < count; at++) {
        int64_t left = units[2 * at], right = units[2 * at + 1];
        const int32_t *span = spans + 4 * at;
        int new = try_pair(&search->tried, (uint64_t)left << 32 | (uint64_t)right);
        if (new < 0 || (new && !push(&search->ahead, (uint64_t)left << 32 | (uint64_t)right)) ||
            !hold(&search->held, known_at(search, left), span[0], span[1]) ||
            !hold(&search->held, search->known_count + known_at(search, right), span[2], span[3]))
            return 0;
    }
    qsort(search->ahead.pairs, (size_t)search->ahead.count, sizeof(uint64_t), descending);
    return 1;
}

/* One pair of documents: DONE, WANTING or NO_MEMORY. */
static int search_one(Search *search, const int64_t *units, const int32_t *spans, int64_t count,
                      const int64_t *ranges) {
    if (!begin(search, units, spans, count)) return NO_MEMORY;
    while (search->ahead.count) {
        int ended = look_around(search, search->ahead.pairs[--search->ahead.count], ranges);
        if (ended) return ended;
    }
    return DONE;
}

static int open_search(Search *search) {
    size_t slots = (size_t)(2 * search->known_count + 1);
    search->scratch = new_scratch();
    search->script = malloc(sizeof(Script));
    search->held.heads = malloc(slots * sizeof(int64_t));
    if (search->held.heads != NULL) memset(search->held.heads, -1, slots * sizeof(int64_t));
    return search->scratch && search->script && search->held.heads;
}

static void close_search(Search *search) {
    free_scratch(search->scratch);
    free(search->script), free(search->held.heads), free(search->held.spans);
    free(search->ahead.pairs), free(search->found.pairs), free(search->tried.pairs);
}

/* Pairs of documents from `*next` on, as long as there is room.

steps            pairs of steps on both sides, in the order they are tried
known            ascending: the numbers of the units in `symbols`
edges            of each pair of documents its matches: units (left and right) and spans (four each)
ranges           of each pair of documents first and end of the units of both
states           of each pair becomes DONE, or WANTING where a text is not known
pairs, room      what is found, `left << 32 | right`, and how many there is room for; `*made`: how many there are

0; FULL where there is no room, not even for the next pair alone if nothing was made; NO_MEMORY. */
EXPORT int64_t find_neighbours(const Rules *rules, const Nearness *nearness, const int64_t *steps, int64_t steps_count,
                               const uint16_t *symbols, const int64_t *begins, const int64_t *known,
                               int64_t known_count, const int64_t *edges, const int64_t *units, const int32_t *spans,
                               const int64_t *ranges, int64_t *next, int64_t end, uint8_t *states, uint64_t *pairs,
                               int64_t room, int64_t *made) {
    Search search = {.rules = rules,
                     .nearness = nearness,
                     .steps = steps,
                     .steps_count = steps_count,
                     .texts = {symbols, begins, NULL, NULL},
                     .known = known,
                     .known_count = known_count};
    int state = open_search(&search) ? DONE : NO_MEMORY;
    *made = 0;
    while (state != NO_MEMORY && *next < end) {
        int64_t at = *next, first = edges[at];
        search.found.count = 0;
        state = search_one(&search, units + 2 * first, spans + 4 * first, edges[at + 1] - first, ranges + 4 * at);
        if (state == DONE && search.found.count > room - *made) {
            state = FULL;
            break;
        }
        if (state == DONE && search.found.count) {
            memcpy(pairs + *made, search.found.pairs, (size_t)search.found.count * sizeof(uint64_t));
            *made += search.found.count;
        }
        states[(*next)++] = (uint8_t)state;
    }
    close_search(&search);
    return state == FULL || state == NO_MEMORY ? state : 0;
}
