/* Columns of values and a template -> text, row after row.

   A template is literal text with a gap for every column: part 0, value of column 0, part 1, value of column 1, ...

   Taken for granted (kernel/lines.py looks at it): columns have a value for every row; texts lie within their data;
   there is room for the text, and for SLACK bytes behind it. */

#include <math.h>

#include "kernel.h"

/* Short pieces are copied so many bytes at once, whatever their length: a loop over bytes takes longer. */
#define SLACK 16

/* The mantissa of a double and its exponent's offset (IEEE 754 binary64). */
#define MANTISSA_BITS 52
#define EXPONENT_OFFSET 1075

/* Ratios are below this, so that with nine places they have twelve digits at most. */
#define RATIO_LIMIT 1000.0

/* Python's repr writes what is below 10^-PLAIN_PLACES in the form 1e-05. */
#define PLAIN_PLACES 4

enum kind { INTEGERS = 0, RATIOS = 1, TEXTS = 2 };

/* A column as Python hands it over: addresses are integers. Of texts `values` is their data. */
struct column {
    int64_t kind, values, starts, ends;
};

static const void *address(int64_t given) { return (const void *)(intptr_t)given; }

static uint8_t *put_part(uint8_t *out, const uint8_t *part, int64_t length) {
    for (int64_t at = 0; at < length; at += SLACK) memcpy(out + at, part + at, SLACK);
    return out + length;
}

static uint8_t *put_text(uint8_t *out, const struct column *column, int64_t row) {
    const uint8_t *data = address(column->values);
    const int64_t *starts = address(column->starts), *ends = address(column->ends);
    int64_t length = ends[row] - starts[row];
    memcpy(out, data + starts[row], (size_t)length);
    return out + length;
}

/* Decimal digits, at least `width` of them. */
static uint8_t *put_digits(uint8_t *out, uint64_t number, int width) {
    uint8_t digits[20];
    int count = 0;
    do {
        digits[count++] = (uint8_t)('0' + number % 10);
        number /= 10;
    } while (number || count < width);
    while (count) *out++ = digits[--count];
    return out;
}

static uint8_t *put_integer(uint8_t *out, int64_t number) {
    if (number >= 0) return put_digits(out, (uint64_t)number, 1);
    *out++ = '-';
    return put_digits(out, -(uint64_t)number, 1);
}

/* `ratio` times `scale` to the nearest integer, of two equally near the even one: exactly, since a product of doubles
   would be rounded once before. `ratio` is 0 or more and below RATIO_LIMIT, `scale` 10^9 at most. */
static uint64_t scaled(double ratio, uint64_t scale) {
    uint64_t bits;
    memcpy(&bits, &ratio, sizeof bits);
    int exponent = (int)(bits >> MANTISSA_BITS);
    uint64_t mantissa = bits & (((uint64_t)1 << MANTISSA_BITS) - 1);
    if (exponent) mantissa |= (uint64_t)1 << MANTISSA_BITS;
    else exponent = 1;
    int shift = EXPONENT_OFFSET - exponent; /* ratio = mantissa / 2^shift; below 1,000 shift is 43 or more */
    if (shift > 100) return 0;              /* the product has 83 bits at most, so it is less than a half */
    unsigned __int128 product = (unsigned __int128)mantissa * scale;
    uint64_t whole = (uint64_t)(product >> shift);
    unsigned __int128 rest = product & (((unsigned __int128)1 << shift) - 1);
    unsigned __int128 half = (unsigned __int128)1 << (shift - 1);
    return whole + (rest > half || (rest == half && (whole & 1)));
}

/* The least digits of a fraction of `width` decimals that repr does not write as 1e-05. */
static uint64_t least_plain(int width) {
    uint64_t least = 1;
    for (int at = PLAIN_PLACES; at < width; at++) least *= 10;
    return least;
}

/* `fraction`, of `width` decimals, 9 at most, as repr writes what is very small. */
static uint8_t *put_exponent(uint8_t *out, uint64_t fraction, int width) {
    uint8_t digits[20];
    int count = (int)(put_digits(digits, fraction, 1) - digits);
    *out++ = digits[0];
    if (count > 1) {
        *out++ = '.';
        memcpy(out, digits + 1, (size_t)count - 1);
        out += count - 1;
    }
    memcpy(out, "e-0", 3);
    out[3] = (uint8_t)('0' + width - count + 1);
    return out + 4;
}

/* A ratio as Python's repr writes what its round made of it: no digit more than it takes, at least one behind the
   point. A decimal of fifteen digits and fewer is what repr gives back of it, so nothing need be searched for. */
static uint8_t *put_ratio(uint8_t *out, double ratio, int places, uint64_t scale) {
    uint64_t number = scaled(ratio, scale);
    uint64_t whole = number / scale, fraction = number % scale;
    int width = places;
    while (width > 1 && fraction % 10 == 0) {
        fraction /= 10;
        width--;
    }
    if (!whole && fraction && fraction < least_plain(width)) return put_exponent(out, fraction, width);
    out = put_digits(out, whole, 1);
    *out++ = '.';
    return put_digits(out, fraction, width);
}

/* Writes `rows` rows to `out`, and where each ends to `ends`. Gives 0; 1 where a ratio is none of those that are
   written here (negative, 1,000 or more, not a number), and what was written is to be thrown away.

   parts   where the parts of `template` begin, and its end: columns + 2 of them
   places  decimal places of ratios, 1 to 9 */
EXPORT int64_t lines_fill(int64_t rows, int64_t columns, const int64_t *described, const uint8_t *template,
                          const int64_t *parts, int64_t places, uint8_t *out, int64_t *ends) {
    const struct column *column = (const struct column *)described;
    uint8_t *at = out;
    uint64_t scale = 1;
    for (int64_t place = 0; place < places; place++) scale *= 10;
    for (int64_t row = 0; row < rows; row++) {
        for (int64_t own = 0; own < columns; own++) {
            at = put_part(at, template + parts[own], parts[own + 1] - parts[own]);
            if (column[own].kind == TEXTS) {
                at = put_text(at, &column[own], row);
            } else if (column[own].kind == INTEGERS) {
                const int64_t *integers = address(column[own].values);
                at = put_integer(at, integers[row]);
            } else {
                const double *ratios = address(column[own].values);
                double ratio = ratios[row];
                if (!(ratio >= 0) || ratio >= RATIO_LIMIT || (ratio == 0 && signbit(ratio))) return 1;
                at = put_ratio(at, ratio, (int)places, scale);
            }
        }
        at = put_part(at, template + parts[columns], parts[columns + 1] - parts[columns]);
        ends[row] = at - out;
    }
    return 0;
}
