/* A part's sorted anchors -> packed pairs of units that share one; sorted pairs -> what is worth verifying of them.

   What each does is said by the function of library/unit_join (pipeline/bulk/verifying, joining) that calls it, with
   the layouts of anchors and pairs. Taken for granted: 24 <= unit_bits <= 28, and bits as packed by those functions.
   Numbers of units are looked at before they are used, so that a damaged file ends in an error. */

#include "kernel.h"

/* As of library/unit_join. */
#define HASH_BITS 32
#define PLACE_BITS 8
#define OFFSET_BITS 9
#define PLACE_MASK ((1u << PLACE_BITS) - 1)

/* A unit that there is none of. */
#define FOREIGN (-1)

/* What is looked up of units is asked for so many pairs or anchors ahead: of 3.5 million units it is in no near cache.
   Of 100,000 reports pairs took .92 s of the processor to make and .44 to part by buckets, with it .4 and .33. */
#define AHEAD 24

/* How a pair is packed: left unit, right unit, left place, right place, tied. */
struct packing {
    int unit, place, left_place, right_place;
    uint64_t unit_mask;
};

static struct packing packing_of(int64_t unit_bits) {
    struct packing bits;
    bits.unit = (int)unit_bits;
    bits.place = 64 - 2 * bits.unit;
    bits.left_place = bits.place / 2;
    bits.right_place = bits.place - bits.left_place - 1;
    bits.unit_mask = ((uint64_t)1 << bits.unit) - 1;
    return bits;
}

/* A byte for each slot of hashes of a block: 0 where none was met, 1 one, a greater one several. */
struct met {
    uint8_t *slots;
    int shift;
    uint64_t mask;
};

static inline uint64_t slot_of(uint64_t anchor, struct met met) { return anchor >> met.shift & met.mask; }

/* Notes the anchors of a block, which all have its number from bit `shift` on; where they end. */
static int64_t note(const uint64_t *anchors, int64_t at, int64_t end, int shift, uint64_t block, struct met met) {
    for (; at < end && anchors[at] >> shift == block; at++) {
        uint8_t *slot = met.slots + slot_of(anchors[at], met);
        *slot = (uint8_t)(*slot << 1 | 1); /* however often, it does not come to 0 or 1 again */
    }
    return at;
}

/* Moves those of the anchors `[at, end)` that were met again to `kept`, which is not behind `at`; where they end. */
static int64_t keep(uint64_t *anchors, int64_t at, int64_t end, int64_t kept, struct met met) {
    for (; at < end; at++) {
        const uint64_t anchor = anchors[at];
        anchors[kept] = anchor;
        kept += met.slots[slot_of(anchor, met)] > 1;
    }
    return kept;
}

/* Of shards, each with its sorted anchors from `edges[i]` on, leaves at their beginning those whose hash another anchor
   has, and a few that seem so. Most have none: they need not be sorted with all others. Where each shard's end now is
   in `kept`; FOREIGN where they are not sorted, or not of this part.

   Block by block of the hashes, whose number is `part` and `block_bits` more; in it hashes are told apart by the next
   `slot_bits`. `slots`: 2^slot_bits of them, which should stay in the first-level cache; `at`, `ends`: room for one a
   shard. */
EXPORT int64_t join_met_again(uint64_t *anchors, const int64_t *edges, int64_t shards, int64_t part, int64_t parting,
                              int64_t block_bits, int64_t slot_bits, uint8_t *slots, int64_t *at, int64_t *ends,
                              int64_t *kept) {
    const int shift = (int)(64 - parting - block_bits);
    const struct met met = {slots, shift - (int)slot_bits, ((uint64_t)1 << slot_bits) - 1};
    const uint64_t first = (uint64_t)part << block_bits, last = first + ((uint64_t)1 << block_bits);
    memcpy(at, edges, (size_t)shards * sizeof *at);
    memcpy(kept, edges, (size_t)shards * sizeof *kept);
    for (uint64_t block = first; block < last; block++) {
        memset(slots, 0, (size_t)1 << slot_bits);
        for (int64_t shard = 0; shard < shards; shard++)
            ends[shard] = note(anchors, at[shard], edges[shard + 1], shift, block, met);
        for (int64_t shard = 0; shard < shards; shard++)
            kept[shard] = keep(anchors, at[shard], ends[shard], kept[shard], met);
        memcpy(at, ends, (size_t)shards * sizeof *at);
    }
    for (int64_t shard = 0; shard < shards; shard++)
        if (at[shard] != edges[shard + 1]) return FOREIGN;
    return shards;
}

/* `with_units`, in place; how many are left. `stands`: a byte for each of `units`, or NULL where all stand. */
EXPORT int64_t join_with_units(uint64_t *anchors, int64_t count, int64_t first, int64_t unit_bits, int64_t parting,
                               const uint8_t *stands, int64_t units) {
    const int shift = (int)unit_bits + PLACE_BITS;
    const uint64_t hash_mask = ((uint64_t)1 << (HASH_BITS - parting)) - 1, before = (uint64_t)first << PLACE_BITS;
    int64_t kept = 0;
    for (int64_t at = 0; at < count; at++) {
        uint64_t held = (anchors[at] & (((uint64_t)1 << HASH_BITS) - 1)) + before;
        uint64_t placed = ((anchors[at] >> HASH_BITS) & hash_mask) << shift | held;
        if (stands != NULL) {
            if ((int64_t)(held >> PLACE_BITS) >= units) return FOREIGN;
            anchors[kept] = placed;
            kept += stands[held >> PLACE_BITS] != 0;
        } else {
            anchors[kept++] = placed;
        }
    }
    return kept;
}

/* The pairs that a run of so many units comes to at most. */
static int64_t pairs_of_run(int64_t size, int64_t holders, int64_t common) {
    if (size <= holders) return size * (size - 1) / 2;
    return size <= common ? size - 1 : 0;
}

/* Leaves of sorted anchors those whose hash several units have, once for each; how many. `most[0]` becomes the number
   of pairs that they come to at most. */
EXPORT int64_t join_shared(uint64_t *anchors, int64_t count, int64_t unit_bits, int64_t holders, int64_t common,
                           int64_t *most) {
    const int shift = (int)unit_bits + PLACE_BITS;
    int64_t kept = 0, pairs = 0;
    for (int64_t at = 0; at < count;) {
        const uint64_t hash = anchors[at] >> shift;
        int64_t end = kept; /* a run never overtakes what is read */
        anchors[end++] = anchors[at++];
        for (; at < count && anchors[at] >> shift == hash; at++)
            if (anchors[at] >> PLACE_BITS != anchors[end - 1] >> PLACE_BITS) anchors[end++] = anchors[at];
        if (end - kept > 1) {
            pairs += pairs_of_run(end - kept, holders, common);
            kept = end;
        }
    }
    *most = pairs;
    return kept;
}

/* A pair of two anchors of one hash. */
static inline uint64_t packed(uint64_t left, uint64_t right, uint64_t tied, struct packing bits) {
    uint64_t pair = (left >> PLACE_BITS & bits.unit_mask) << bits.unit | (right >> PLACE_BITS & bits.unit_mask);
    pair = pair << bits.left_place | (left & PLACE_MASK) >> (PLACE_BITS - bits.left_place);
    pair = pair << bits.right_place | (right & PLACE_MASK) >> (PLACE_BITS - bits.right_place);
    return pair << 1 | tied;
}

/* Pairs of anchors `[from, end)` with the one at `first` that are of other documents. */
static inline uint64_t *pairs_with(const uint64_t *anchors, int64_t first, int64_t from, int64_t end, uint64_t tied,
                                   const uint32_t *documents, struct packing bits, uint64_t *pairs) {
    const uint32_t own = documents[anchors[first] >> PLACE_BITS & bits.unit_mask];
    for (int64_t at = from; at < end; at++) {
        *pairs = packed(anchors[first], anchors[at], tied, bits);
        pairs += documents[anchors[at] >> PLACE_BITS & bits.unit_mask] != own;
    }
    return pairs;
}

/* The pairs of what `join_shared` left; how many. `pairs` has room for as many as it said and one more. */
EXPORT int64_t join_pairs(const uint64_t *anchors, int64_t count, const uint32_t *documents, int64_t units,
                          int64_t unit_bits, int64_t holders, int64_t common, uint64_t *pairs) {
    const struct packing bits = packing_of(unit_bits);
    const int shift = bits.unit + PLACE_BITS;
    uint64_t *next = pairs;
    for (int64_t start = 0, end; start < count; start = end) {
        for (end = start; end < count && anchors[end] >> shift == anchors[start] >> shift; end++) {
            if ((int64_t)(anchors[end] >> PLACE_BITS & bits.unit_mask) >= units) return FOREIGN;
            if (end + AHEAD < count)
                __builtin_prefetch(documents + (anchors[end + AHEAD] >> PLACE_BITS & bits.unit_mask));
        }
        if (end - start > holders) {
            if (end - start <= common) next = pairs_with(anchors, start, start + 1, end, 1, documents, bits, next);
            continue;
        }
        for (int64_t first = start; first + 1 < end; first++)
            next = pairs_with(anchors, first, first + 1, end, 0, documents, bits, next);
    }
    return next - pairs;
}

/* `joining.bucket_of`. */
static inline uint16_t bucket_of(uint64_t left, uint64_t right, uint64_t buckets) {
    uint64_t mixed = (left << 32 | right) * 0x9E3779B97F4A7C15u;
    mixed ^= mixed >> 29;
    return (uint16_t)((mixed * 0xC2B2AE3D27D4EB4Fu >> 40) % buckets);
}

/* Pairs by the buckets of their documents, each bucket's in the order given; `edges`, buckets + 1 of them, say where
   each begins. `own` has room for the bucket of each pair. At most 65,536 buckets. */
EXPORT int64_t join_by_bucket(const uint64_t *pairs, int64_t count, const uint32_t *documents, int64_t units,
                              int64_t unit_bits, int64_t buckets, uint16_t *own, uint64_t *edges, uint64_t *ordered) {
    const struct packing bits = packing_of(unit_bits);
    memset(edges, 0, (size_t)(buckets + 1) * sizeof *edges);
    for (int64_t at = 0; at < count; at++) {
        const uint64_t both = pairs[at] >> bits.place, left = both >> bits.unit, right = both & bits.unit_mask;
        if ((int64_t)left >= units || (int64_t)right >= units) return FOREIGN;
        if (at + AHEAD < count) {
            const uint64_t ahead = pairs[at + AHEAD] >> bits.place;
            __builtin_prefetch(documents + (ahead >> bits.unit));
            __builtin_prefetch(documents + (ahead & bits.unit_mask));
        }
        own[at] = bucket_of(documents[left], documents[right], (uint64_t)buckets);
        edges[own[at] + 1]++;
    }
    for (int64_t bucket = 0; bucket < buckets; bucket++) edges[bucket + 1] += edges[bucket];
    /* Each edge moves on to where the next begins while its bucket is filled, and is put back after. */
    for (int64_t at = 0; at < count; at++) ordered[edges[own[at]]++] = pairs[at];
    memmove(edges + 1, edges, (size_t)buckets * sizeof *edges);
    edges[0] = 0;
    return count;
}

/* Where the pairs of the same two units as at `start` end. */
static inline int64_t end_of(const uint64_t *pairs, int64_t start, int64_t count, int place) {
    int64_t end = start + 1;
    while (end < count && pairs[end] >> place == pairs[start] >> place) end++;
    return end;
}

static inline int64_t tied_in(const uint64_t *pairs, int64_t start, int64_t end) {
    int64_t tied = 0;
    for (int64_t at = start; at < end; at++) tied += (int64_t)(pairs[at] & 1);
    return tied;
}

/* What tells which pairs of units are worth verifying, as of `verifying.candidates_of`. */
struct worth {
    const uint16_t *counts;
    int64_t units, shared, tied;
    double share;
};

/* Whether pairs `[start, end)` of two units suffice; FOREIGN as above. */
static int is_enough(const uint64_t *pairs, int64_t start, int64_t end, const struct worth *worth,
                     struct packing bits) {
    const uint64_t both = pairs[start] >> bits.place, left = both >> bits.unit, right = both & bits.unit_mask;
    if ((int64_t)left >= worth->units || (int64_t)right >= worth->units) return FOREIGN;
    const int64_t tied = tied_in(pairs, start, end), evidence = worth->tied * (end - start - tied) + tied;
    if (evidence < worth->tied * worth->shared) return 0; /* as most: they share one anchor by chance */
    const uint16_t fewer = worth->counts[left] < worth->counts[right] ? worth->counts[left] : worth->counts[right];
    const double least = worth->share * fewer > (double)worth->shared ? worth->share * fewer : (double)worth->shared;
    return (double)evidence >= (double)worth->tied * least;
}

/* Leaves of sorted pairs those of two units that share enough or are among the `equal`, sorted too; how many. */
EXPORT int64_t join_worth(uint64_t *pairs, int64_t count, const uint64_t *equal, int64_t equals, int64_t unit_bits,
                          const uint16_t *counts, int64_t units, int64_t shared, double share, int64_t tied) {
    const struct packing bits = packing_of(unit_bits);
    const struct worth worth = {counts, units, shared, tied, share};
    int64_t kept = 0, next = 0;
    for (int64_t start = 0, end; start < count; start = end) {
        end = end_of(pairs, start, count, bits.place);
        while (next < equals && equal[next] >> bits.place < pairs[start] >> bits.place) next++;
        int enough = is_enough(pairs, start, end, &worth, bits);
        if (enough == FOREIGN) return FOREIGN;
        enough |= next < equals && equal[next] >> bits.place == pairs[start] >> bits.place;
        if (enough) {
            memmove(pairs + kept, pairs + start, (size_t)(end - start) * sizeof *pairs);
            kept += end - start;
        }
    }
    return kept;
}

/* How many pairs of units sorted pairs are of. */
EXPORT int64_t join_groups(const uint64_t *pairs, int64_t count, int64_t unit_bits) {
    const int place = packing_of(unit_bits).place;
    int64_t groups = count > 0;
    for (int64_t at = 1; at < count; at++) groups += pairs[at] >> place != pairs[at - 1] >> place;
    return groups;
}

/* The columns of `SharedAnchors` from sorted pairs: as many as `join_groups` says, one more of `edges`. */
EXPORT int64_t join_columns(const uint64_t *pairs, int64_t count, int64_t unit_bits, int64_t *left, int64_t *right,
                            int64_t *rare, int64_t *tied, int64_t *edges, int64_t *left_places, int64_t *right_places) {
    const struct packing bits = packing_of(unit_bits);
    const uint64_t left_mask = ((uint64_t)1 << bits.left_place) - 1, right_mask = ((uint64_t)1 << bits.right_place) - 1;
    int64_t group = 0;
    for (int64_t start = 0, end; start < count; start = end, group++) {
        end = end_of(pairs, start, count, bits.place);
        left[group] = (int64_t)(pairs[start] >> bits.place >> bits.unit);
        right[group] = (int64_t)(pairs[start] >> bits.place & bits.unit_mask);
        tied[group] = tied_in(pairs, start, end);
        rare[group] = end - start - tied[group];
        edges[group] = start;
    }
    edges[group] = count;
    for (int64_t at = 0; at < count; at++) {
        left_places[at] =
            (int64_t)((pairs[at] >> (bits.right_place + 1) & left_mask) << (OFFSET_BITS - bits.left_place));
        right_places[at] = (int64_t)((pairs[at] >> 1 & right_mask) << (OFFSET_BITS - bits.right_place));
    }
    return group;
}
