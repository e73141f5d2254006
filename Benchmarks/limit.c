// What this machine can do: the benchmark jobs in plain C, with the columns of make_wave.c known beforehand.
//
//     ./limit import WAVE.csv OUT.db     T1: parse every field, SHA-256 of the file, chunks of 65,536 rows with a checksum
//                                        into SQLite in one transaction, with the page size and synchronisation of Saual
//     ./limit shares WAVE.csv            T3: shares of the answers to s01 by region with linearised standard errors;
//                                        prints the seconds of the computation, from typed columns in memory to the result
#define _GNU_SOURCE
#include <math.h>
#include <openssl/evp.h>
#include <sqlite3.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

enum { COLUMNS = 59, CHUNK = 65536, WINDOW = 1 << 20, WEIGHT = 11, MISSING = 243 };

static void fail(const char *what) {
    fprintf(stderr, "limit: %s\n", what);
    exit(1);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/// Bytes a value: ids and amounts are 32-bit, PSUs 16-bit, the weight a double, all else a byte.
static int width(int column) {
    return column == WEIGHT ? 8 : column == 4 ? 2 : column == 0 || column == 12 || column == 13 ? 4 : 1;
}

static uint8_t *chunk[COLUMNS];
static int chunk_rows;

static inline void store(int column, int64_t mantissa, int decimals, int is_missing) {
    static const double power[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    switch (width(column)) {
    case 1: chunk[column][chunk_rows] = is_missing ? MISSING : (uint8_t)mantissa; break;
    case 2: ((uint16_t *)chunk[column])[chunk_rows] = (uint16_t)mantissa; break;
    case 4: ((int32_t *)chunk[column])[chunk_rows] = (int32_t)mantissa; break;
    default: ((double *)chunk[column])[chunk_rows] = (double)mantissa / power[decimals < 9 ? decimals : 9];
    }
}

/// Parses whole lines and calls `full` for each full chunk.
static void parse(const uint8_t *p, const uint8_t *end, void (*full)(void)) {
    while (p < end) {
        for (int column = 0; column < COLUMNS; column++) {
            // Most fields are one digit.
            if (p[1] == (column < COLUMNS - 1 ? ',' : '\n') && *p != ',') {
                store(column, *p - '0', 0, 0);
                p += 2;
                continue;
            }
            int64_t mantissa = 0;
            int decimals = 0, after_point = 0;
            const uint8_t *start = p;
            while (*p != ',' && *p != '\n') {
                if (*p == '.') after_point = 1;
                else mantissa = mantissa * 10 + (*p - '0'), decimals += after_point;
                p++;
            }
            store(column, mantissa, decimals, p == start);
            p++;
        }
        if (++chunk_rows == CHUNK) {
            full();
            chunk_rows = 0;
        }
    }
}

/// Reads a file window by window; hashes it on the way if there is a context.
static void read_wave(const char *path, EVP_MD_CTX *hash, void (*full)(void)) {
    int file = open(path, O_RDONLY);
    if (file < 0) fail(path);
    uint8_t *window = malloc(2 * WINDOW);
    size_t held = 0;
    int in_header = 1;
    for (ssize_t got; (got = read(file, window + held, WINDOW)) > 0;) {
        if (hash) EVP_DigestUpdate(hash, window + held, (size_t)got);
        held += (size_t)got;
        uint8_t *last = memrchr(window, '\n', held), *first = window;
        if (!last) fail("a line is too long");
        if (in_header) first = (uint8_t *)memchr(window, '\n', held) + 1, in_header = 0;
        parse(first, last + 1, full);
        held -= (size_t)(last + 1 - window);
        memmove(window, last + 1, held);
    }
    if (chunk_rows) full();
    close(file);
    free(window);
}

static sqlite3 *database;
static sqlite3_stmt *insertion;
static int chunk_number;

static void run(const char *sql) {
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sqlite3_errmsg(database));
}

static void insert_chunk(void) {
    for (int column = 0; column < COLUMNS; column++) {
        size_t bytes = (size_t)chunk_rows * (size_t)width(column);
        sqlite3_bind_int(insertion, 1, column);
        sqlite3_bind_int(insertion, 2, chunk_number);
        sqlite3_bind_int(insertion, 3, chunk_rows);
        sqlite3_bind_int64(insertion, 4, (sqlite3_int64)XXH3_64bits(chunk[column], bytes));
        sqlite3_bind_blob(insertion, 5, chunk[column], (int)bytes, SQLITE_STATIC);
        if (sqlite3_step(insertion) != SQLITE_DONE) fail(sqlite3_errmsg(database));
        sqlite3_reset(insertion);
    }
    chunk_number++;
}

static void import_wave(const char *path, const char *out) {
    unlink(out);
    if (sqlite3_open(out, &database) != SQLITE_OK) fail(out);
    run("PRAGMA page_size = 16384; PRAGMA cache_size = -8000; PRAGMA synchronous = EXTRA");
    run("CREATE TABLE chunks (col INTEGER, chunk INTEGER, rows INTEGER, checksum INTEGER, bytes BLOB, "
        "PRIMARY KEY (col, chunk))");
    run("CREATE TABLE waves (sha256 BLOB)");
    run("BEGIN IMMEDIATE");
    sqlite3_prepare_v2(database, "INSERT INTO chunks VALUES (?, ?, ?, ?, ?)", -1, &insertion, NULL);
    EVP_MD_CTX *hash = EVP_MD_CTX_new();
    EVP_DigestInit_ex(hash, EVP_sha256(), NULL);
    read_wave(path, hash, insert_chunk);
    sqlite3_finalize(insertion);
    uint8_t digest[32];
    EVP_DigestFinal_ex(hash, digest, NULL);
    EVP_MD_CTX_free(hash);
    sqlite3_prepare_v2(database, "INSERT INTO waves VALUES (?)", -1, &insertion, NULL);
    sqlite3_bind_blob(insertion, 1, digest, 32, SQLITE_STATIC);
    if (sqlite3_step(insertion) != SQLITE_DONE) fail(sqlite3_errmsg(database));
    sqlite3_finalize(insertion);
    run("COMMIT");
    sqlite3_close(database);
}

enum { REGIONS = 20, STRATA = 40, ANSWERS = 5, S01 = 34 };

static uint8_t *region, *stratum, *answer;
static uint16_t *psu;
static double *weight;
static size_t rows, capacity;

static void keep_chunk(void) {
    if (rows + CHUNK > capacity) {
        capacity = capacity ? 2 * capacity : 1 << 20;
        region = realloc(region, capacity), stratum = realloc(stratum, capacity), answer = realloc(answer, capacity);
        psu = realloc(psu, capacity * sizeof *psu), weight = realloc(weight, capacity * sizeof *weight);
    }
    size_t n = (size_t)chunk_rows;
    for (size_t i = 0; i < n; i++) region[rows + i] = chunk[1][i] - 1, stratum[rows + i] = chunk[3][i] - 1;
    for (size_t i = 0; i < n; i++) psu[rows + i] = ((uint16_t *)chunk[4])[i] - 1, answer[rows + i] = chunk[S01][i] - 1;
    memcpy(weight + rows, chunk[WEIGHT], n * sizeof *weight);
    rows += n;
}

static void shares(const char *path) {
    read_wave(path, NULL, keep_chunk);
    double start = now();

    // One pass: sums of weights by PSU and answer. A PSU lies in one region and one stratum.
    int psus = 0;
    for (size_t i = 0; i < rows; i++) psus = psu[i] > psus ? psu[i] : psus;
    psus++;
    double(*sums)[ANSWERS] = calloc((size_t)psus, sizeof *sums);
    uint8_t *psu_region = calloc((size_t)psus, 1), *psu_stratum = calloc((size_t)psus, 1);
    for (size_t i = 0; i < rows; i++) {
        sums[psu[i]][answer[i]] += weight[i];
        psu_region[psu[i]] = region[i], psu_stratum[psu[i]] = stratum[i];
    }

    // Shares, and the variance between the PSUs of a stratum of the linearised shares (with replacement).
    double total[REGIONS] = {0}, by_answer[REGIONS][ANSWERS] = {{0}};
    int in_stratum[STRATA] = {0};
    for (int p = 0; p < psus; p++) {
        in_stratum[psu_stratum[p]]++;
        for (int a = 0; a < ANSWERS; a++) total[psu_region[p]] += sums[p][a], by_answer[psu_region[p]][a] += sums[p][a];
    }
    double variance[REGIONS][ANSWERS] = {{0}};
    static double z[STRATA][REGIONS][ANSWERS], zz[STRATA][REGIONS][ANSWERS];
    for (int p = 0; p < psus; p++) {
        int r = psu_region[p], s = psu_stratum[p];
        double here = 0;
        for (int a = 0; a < ANSWERS; a++) here += sums[p][a];
        for (int a = 0; a < ANSWERS; a++) {
            double influence = (sums[p][a] - by_answer[r][a] / total[r] * here) / total[r];
            z[s][r][a] += influence, zz[s][r][a] += influence * influence;
        }
    }
    for (int s = 0; s < STRATA; s++)
        for (int r = 0; r < REGIONS; r++)
            for (int a = 0; a < ANSWERS; a++) {
                double n = in_stratum[s];
                if (n > 1) variance[r][a] += n / (n - 1) * (zz[s][r][a] - z[s][r][a] * z[s][r][a] / n);
            }
    double seconds = now() - start;
    printf("%.6f\n", seconds);
    for (int r = 0; r < REGIONS; r++)
        for (int a = 0; a < ANSWERS; a++)
            fprintf(stderr, "%d %d %.6f %.6f\n", r + 1, a + 1, by_answer[r][a] / total[r], sqrt(variance[r][a]));
}

int main(int count, char **arguments) {
    for (int column = 0; column < COLUMNS; column++) chunk[column] = malloc((size_t)CHUNK * (size_t)width(column));
    if (count == 4 && !strcmp(arguments[1], "import")) import_wave(arguments[2], arguments[3]);
    else if (count == 3 && !strcmp(arguments[1], "shares")) shares(arguments[2]);
    else return fputs("usage: limit import WAVE.csv OUT.db | limit shares WAVE.csv\n", stderr), 2;
    return 0;
}
