/* Lines of JSON -> the text of each that is plain, as UTF-8 and as codes of the first plane: nothing else of a line is
   looked at but where its fields end. What is not plain is for a parser that knows all of JSON; and so is what is left
   of a plain line, with an empty text in the place of its own, which tells that its form is right. */

#include "kernel.h"

/* As in `text/stream`: what lies beyond the first plane gets one of these, and they themselves are told of, too. */
#define PRIVATE 0xE000
#define PRIVATE_SIZE 6400

/* A line: where it begins and ends; where its text begins and ends with its quotes, -1 where it is not plain; where its
   UTF-8, its codes and its private points begin and end. */
typedef struct {
    int64_t start, end, text, text_end, utf8, utf8_end, code, code_end, point, point_end;
} Row;

typedef struct {
    const uint8_t *at, *end; /* what is left of a line */
    uint8_t *utf8;
    uint16_t *codes;
    uint32_t *points;
    int64_t utf8_size, code_size, point_size;
} Reader;

static void skip_blanks(Reader *reader) {
    while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t' || *reader->at == '\r')) reader->at++;
}

static int take(Reader *reader, uint8_t byte) {
    skip_blanks(reader);
    if (reader->at == reader->end || *reader->at != byte) return 0;
    reader->at++;
    return 1;
}

/* To behind the end of a string, whose first quote is behind us; 0 where it does not end. */
static int skip_string(Reader *reader, int *escaped) {
    for (; reader->at < reader->end; reader->at++) {
        if (*reader->at == '"') {
            reader->at++;
            return 1;
        }
        if (*reader->at == '\\') {
            *escaped = 1;
            if (++reader->at == reader->end) return 0;
        }
    }
    return 0;
}

/* To the comma or bracket behind a value, whatever it is. */
static int skip_value(Reader *reader) {
    int64_t depth = 0;
    int escaped;
    while (reader->at < reader->end) {
        uint8_t byte = *reader->at;
        if (!depth && (byte == ',' || byte == '}' || byte == ']')) return 1;
        reader->at++;
        depth += byte == '{' || byte == '[';
        depth -= byte == '}' || byte == ']';
        if (byte == '"' && !skip_string(reader, &escaped)) return 0;
    }
    return 0;
}

static void add_point(Reader *reader, uint32_t point) {
    uint16_t code = (uint16_t)(point > 0xFFFF ? PRIVATE + point % PRIVATE_SIZE : point);
    if (code >= PRIVATE && code < PRIVATE + PRIVATE_SIZE) reader->points[reader->point_size++] = point;
    reader->codes[reader->code_size++] = code;
}

static void add_utf8(Reader *reader, uint32_t code) {
    uint8_t *out = reader->utf8 + reader->utf8_size;
    if (code < 0x80) {
        out[0] = (uint8_t)code;
        reader->utf8_size += 1;
    } else if (code < 0x800) {
        out[0] = (uint8_t)(0xC0 | code >> 6);
        out[1] = (uint8_t)(0x80 | (code & 63));
        reader->utf8_size += 2;
    } else {
        out[0] = (uint8_t)(0xE0 | code >> 12);
        out[1] = (uint8_t)(0x80 | (code >> 6 & 63));
        out[2] = (uint8_t)(0x80 | (code & 63));
        reader->utf8_size += 3;
    }
}

static int hexadecimal(uint8_t byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    byte |= 32;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* What stands behind a backslash; 0 where it is no escape, or half of a pair of surrogates. */
static int add_escape(Reader *reader) {
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    if (reader->at == reader->end) return 0;
    uint8_t letter = *reader->at++;
    const char *known = letter ? strchr(letters, letter) : NULL;
    uint32_t code = 0;
    if (known) {
        code = (uint8_t)meant[known - letters];
    } else {
        if (letter != 'u' || reader->end - reader->at < 4) return 0;
        for (int digit = 0; digit < 4; digit++) {
            int value = hexadecimal(*reader->at++);
            if (value < 0) return 0;
            code = code << 4 | (uint32_t)value;
        }
        if (code >= 0xD800 && code < 0xE000) return 0;
    }
    add_utf8(reader, code);
    add_point(reader, code);
    return 1;
}

static int is_next(const uint8_t *at) { return (*at & 0xC0) == 0x80; }

/* A character of two bytes or four, or of three that need a closer look; 0 where the bytes are none (RFC 3629). */
static int add_rare(Reader *reader) {
    const uint8_t *at = reader->at;
    int64_t left = reader->end - at;
    uint32_t point;
    if (*at >= 0xC2 && *at < 0xE0 && left > 1 && is_next(at + 1)) {
        point = (at[0] & 31u) << 6 | (at[1] & 63);
        reader->at += 2;
    } else if (*at >= 0xE0 && *at < 0xF0 && left > 2 && is_next(at + 1) && is_next(at + 2)) {
        point = (at[0] & 15u) << 12 | (at[1] & 63u) << 6 | (at[2] & 63);
        if (point < 0x800 || (point >= 0xD800 && point < 0xE000)) return 0;
        reader->at += 3;
    } else if (*at >= 0xF0 && *at < 0xF5 && left > 3 && is_next(at + 1) && is_next(at + 2) && is_next(at + 3)) {
        point = (at[0] & 7u) << 18 | (at[1] & 63u) << 12 | (at[2] & 63u) << 6 | (at[3] & 63);
        if (point < 0x10000 || point > 0x10FFFF) return 0;
        reader->at += 4;
    } else {
        return 0;
    }
    add_point(reader, point);
    return 1;
}

/* Characters of three bytes that are neither surrogates nor private, Hanzi nearly all: as many as follow each other.
   The line does not end with the last. */
static void add_hanzi(Reader *reader) {
    const uint8_t *at = reader->at, *end = reader->end;
    uint16_t *out = reader->codes + reader->code_size;
    while (end - at > 3) {
        uint32_t four; /* the first byte is the lowest */
        memcpy(&four, at, sizeof four);
        if ((four & 0x00C0C0F0) != 0x008080E0) break;
        uint32_t code = (four & 15) << 12 | (four >> 2 & 0xFC0) | (four >> 16 & 63);
        if (code < 0x800 || code - 0xD800 < PRIVATE + PRIVATE_SIZE - 0xD800) break;
        *out++ = (uint16_t)code;
        at += 3;
    }
    reader->code_size = out - reader->codes;
    reader->at = at;
}

static void copy_utf8(Reader *reader, const uint8_t *from) {
    memcpy(reader->utf8 + reader->utf8_size, from, (size_t)(reader->at - from));
    reader->utf8_size += reader->at - from;
}

/* A text, from behind its first quote to behind its last; 0 where it is not plain. */
static int add_string(Reader *reader) {
    const uint8_t *copied = reader->at;
    while (reader->at < reader->end) {
        add_hanzi(reader);
        uint8_t byte = *reader->at;
        if (byte >= 0x80) {
            if (!add_rare(reader)) return 0;
        } else if (byte == '"' || byte == '\\') {
            copy_utf8(reader, copied);
            reader->at++;
            if (byte == '"') return 1;
            if (!add_escape(reader)) return 0;
            copied = reader->at;
        } else if (byte < ' ') {
            return 0;
        } else {
            reader->codes[reader->code_size++] = byte;
            reader->at++;
        }
    }
    return 0;
}

/* One line, of which fields are looked through; 1 where exactly one of its fields is `field`, with a plain text. */
static int read_line(Reader *reader, const uint8_t *block, const uint8_t *field, int64_t size, Row *row) {
    if (!take(reader, '{')) return 0;
    do {
        int escaped = 0;
        if (!take(reader, '"')) return 0;
        const uint8_t *key = reader->at;
        if (!skip_string(reader, &escaped) || escaped) return 0;
        int is_text = reader->at - 1 - key == size && !memcmp(key, field, (size_t)size);
        if (!take(reader, ':')) return 0;
        skip_blanks(reader);
        if (!is_text) {
            if (!skip_value(reader)) return 0;
            continue;
        }
        if (row->text >= 0 || !take(reader, '"')) return 0;
        row->text = reader->at - 1 - block;
        if (!add_string(reader)) return 0;
        row->text_end = reader->at - block;
    } while (take(reader, ','));
    if (!take(reader, '}')) return 0;
    skip_blanks(reader);
    return row->text >= 0 && reader->at == reader->end;
}

/* Lines of `block` from `start` on: as many as end before `end`, as `rows` has room for, and as begin before what is
   read comes to `room` bytes.

   field        the name of the field with the text, `field_size` bytes, without an escape in it
   utf8, codes, points   room for `room` of each; a line that is longer is not plain
   next         one place: where the next line begins

   Gives the number of lines. */
EXPORT int64_t read_rows(const uint8_t *block, int64_t start, int64_t end, const uint8_t *field, int64_t field_size,
                         Row *rows, int64_t most, uint8_t *utf8, uint16_t *codes, uint32_t *points, int64_t room,
                         int64_t *next) {
    Reader reader = {.utf8 = utf8, .codes = codes, .points = points};
    int64_t number = 0, at = start;
    while (number < most && at < end && at - start < room) {
        const uint8_t *found = memchr(block + at, '\n', (size_t)(end - at));
        int64_t close = found ? found - block : end;
        if (number && close - start > room) break;
        Row row = {at, close, -1, -1, reader.utf8_size, 0, reader.code_size, 0, reader.point_size, 0};
        reader.at = block + at;
        reader.end = block + close;
        if (close - at > room || !read_line(&reader, block, field, field_size, &row)) {
            row.text = row.text_end = -1;
            reader.utf8_size = row.utf8;
            reader.code_size = row.code;
            reader.point_size = row.point;
        }
        row.utf8_end = reader.utf8_size;
        row.code_end = reader.code_size;
        row.point_end = reader.point_size;
        rows[number++] = row;
        at = close + 1;
    }
    *next = at < end ? at : end;
    return number;
}
