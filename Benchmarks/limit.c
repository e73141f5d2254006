// What this machine can do: the benchmark jobs in plain C, with the columns of make_wave.c known beforehand.
//
//     ./limit import WAVE.csv OUT.db     T1: parse every field, SHA-256 of the file, chunks of 65,536 rows with a checksum
//                                        into SQLite in one transaction, with the page size and synchronisation of Saual
//     ./limit shares WAVE.csv            T3: shares of the answers to s01 by region with linearised standard errors;
//                                        prints the seconds of the computation, from typed columns in memory to the result
//     ./limit rake WAVE.csv TARGETS.csv  T2: weights raked to four margins; prints the processor seconds from typed columns
//                                        in memory to one weight a row
//     ./limit replicates WAVE.csv TARGETS.csv COUNT
//                                        T2r: so many bootstrap replicates of the same raking, on sparse sums by PSU and cell
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

static double processor(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
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

enum { MARGINS = 4, CATEGORIES = 32 };

static uint8_t *region, *stratum, *answer;
/// The variables of the margins, codes from 0: region, sexage, education, settlement.
static uint8_t *margin[MARGINS];
static const int margin_column[MARGINS] = {1, 10, 8, 2};
static uint16_t *psu;
static double *weight;
static size_t rows, capacity;

static void keep_chunk(void) {
    if (rows + CHUNK > capacity) {
        capacity = capacity ? 2 * capacity : 1 << 20;
        region = realloc(region, capacity), stratum = realloc(stratum, capacity), answer = realloc(answer, capacity);
        psu = realloc(psu, capacity * sizeof *psu), weight = realloc(weight, capacity * sizeof *weight);
        for (int m = 0; m < MARGINS; m++) margin[m] = realloc(margin[m], capacity);
    }
    size_t n = (size_t)chunk_rows;
    for (size_t i = 0; i < n; i++) region[rows + i] = chunk[1][i] - 1, stratum[rows + i] = chunk[3][i] - 1;
    for (size_t i = 0; i < n; i++) psu[rows + i] = ((uint16_t *)chunk[4])[i] - 1, answer[rows + i] = chunk[S01][i] - 1;
    for (int m = 0; m < MARGINS; m++)
        for (size_t i = 0; i < n; i++) margin[m][rows + i] = chunk[margin_column[m]][i] - 1;
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

static double target[MARGINS][CATEGORIES];
static int categories[MARGINS];

static void read_targets(const char *path) {
    static const char *name[MARGINS] = {"region", "sexage", "education", "settlement"};
    FILE *file = fopen(path, "r");
    if (!file) fail(path);
    char line[256], variable[64];
    int code;
    double total;
    while (fgets(line, sizeof line, file))
        if (sscanf(line, "%63[^,],%d,%lf", variable, &code, &total) == 3 && code > 0 && code <= CATEGORIES)
            for (int m = 0; m < MARGINS; m++)
                if (!strcmp(variable, name[m])) {
                    target[m][code - 1] = total;
                    if (code > categories[m]) categories[m] = code;
                }
    fclose(file);
}

/// Crossed cells that occur, numbered without gaps; the category of each in each margin.
static int cells;
static uint16_t *cell;
static uint8_t *category[MARGINS];

static void cross(void) {
    int space = 1;
    for (int m = 0; m < MARGINS; m++) space *= categories[m];
    int *number = malloc((size_t)space * sizeof *number);
    for (int k = 0; k < space; k++) number[k] = -1;
    for (int m = 0; m < MARGINS; m++) category[m] = malloc((size_t)space);
    cell = malloc(rows * sizeof *cell);
    for (size_t i = 0; i < rows; i++) {
        int key = 0;
        for (int m = 0; m < MARGINS; m++) key = key * categories[m] + margin[m][i];
        if (number[key] < 0) {
            for (int m = 0; m < MARGINS; m++) category[m][cells] = margin[m][i];
            number[key] = cells++;
        }
        cell[i] = (uint16_t)number[key];
    }
    free(number);
}

/// Iterative proportional fitting of the cells, until each margin is met to 1e-9 after a sweep; returns the sweeps.
static int rake(double *w) {
    double sum[CATEGORIES];
    for (int sweep = 1; sweep <= 1000; sweep++) {
        for (int m = 0; m < MARGINS; m++) {
            memset(sum, 0, sizeof sum);
            for (int k = 0; k < cells; k++) sum[category[m][k]] += w[k];
            for (int c = 0; c < categories[m]; c++) sum[c] = target[m][c] / sum[c];
            for (int k = 0; k < cells; k++) w[k] *= sum[category[m][k]];
        }
        double worst = 0;
        for (int m = 0; m < MARGINS; m++) {
            memset(sum, 0, sizeof sum);
            for (int k = 0; k < cells; k++) sum[category[m][k]] += w[k];
            for (int c = 0; c < categories[m]; c++) worst = fmax(worst, fabs(sum[c] / target[m][c] - 1));
        }
        if (worst <= 1e-9) return sweep;
    }
    fail("the raking does not converge");
    return 0;
}

static void rake_rows(const char *path, const char *targets) {
    read_targets(targets);
    read_wave(path, NULL, keep_chunk);
    double start = processor();
    cross();
    double *before = calloc((size_t)cells, sizeof *before), *after = malloc((size_t)cells * sizeof *after);
    for (size_t i = 0; i < rows; i++) before[cell[i]] += weight[i];
    memcpy(after, before, (size_t)cells * sizeof *after);
    int sweeps = rake(after);
    for (int k = 0; k < cells; k++) after[k] /= before[k];
    double *raked = malloc(rows * sizeof *raked);
    for (size_t i = 0; i < rows; i++) raked[i] = weight[i] * after[cell[i]];
    printf("%.6f\n", processor() - start);
    double square = 0;
    for (size_t i = 0; i < rows; i++) square += raked[i] * raked[i];
    fprintf(stderr, "%d cells, %d sweeps, w1 %.12g, sum of squares %.12g\n", cells, sweeps, raked[0], square);
}

static uint64_t state = 42;

static uint64_t random_word(void) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state;
}

/// Replicates of Rao and Wu: in a stratum n − 1 PSUs are drawn with replacement, a PSU counts n / (n − 1) times its draws.
static void replicate_rows(const char *path, const char *targets, int count) {
    read_targets(targets);
    read_wave(path, NULL, keep_chunk);
    double start = processor();
    cross();

    // Rows grouped by PSU; PSUs of a stratum one after the other.
    int psus = 0;
    for (size_t i = 0; i < rows; i++) psus = psu[i] > psus ? psu[i] : psus;
    psus++;
    uint8_t *psu_stratum = calloc((size_t)psus, 1);
    size_t *first = calloc((size_t)psus + 1, sizeof *first);
    for (size_t i = 0; i < rows; i++) psu_stratum[psu[i]] = stratum[i], first[psu[i] + 1]++;
    for (int p = 0; p < psus; p++) first[p + 1] += first[p];
    uint32_t *ordered = malloc(rows * sizeof *ordered);
    size_t *next = malloc((size_t)psus * sizeof *next);
    memcpy(next, first, (size_t)psus * sizeof *next);
    for (size_t i = 0; i < rows; i++) ordered[next[psu[i]]++] = (uint32_t)i;
    int in_stratum[STRATA] = {0}, *member[STRATA];
    for (int p = 0; p < psus; p++) in_stratum[psu_stratum[p]]++;
    for (int s = 0; s < STRATA; s++) member[s] = malloc((size_t)in_stratum[s] * sizeof **member), in_stratum[s] = 0;
    for (int p = 0; p < psus; p++) member[psu_stratum[p]][in_stratum[psu_stratum[p]]++] = p;

    // The sparse sums: entries of each PSU.
    double *sum = calloc((size_t)cells, sizeof *sum), *value = malloc(rows * sizeof *value);
    uint16_t *entry = malloc(rows * sizeof *entry);
    size_t entries = 0, *begin = malloc(((size_t)psus + 1) * sizeof *begin);
    for (int p = 0; p < psus; p++) {
        begin[p] = entries;
        for (size_t i = first[p]; i < first[p + 1]; i++) {
            int k = cell[ordered[i]];
            if (sum[k] == 0) entry[entries++] = (uint16_t)k;
            sum[k] += weight[ordered[i]];
        }
        for (size_t e = begin[p]; e < entries; e++) value[e] = sum[entry[e]], sum[entry[e]] = 0;
    }
    begin[psus] = entries;
    double made = processor();

    double *factor = malloc((size_t)psus * sizeof *factor), *w = malloc((size_t)cells * sizeof *w);
    double *weights = malloc((size_t)count * (size_t)cells * sizeof *weights);
    long sweeps = 0;
    for (int r = 0; r < count; r++) {
        memset(factor, 0, (size_t)psus * sizeof *factor);
        for (int s = 0; s < STRATA; s++) {
            int n = in_stratum[s];
            for (int draw = 1; draw < n; draw++)
                factor[member[s][random_word() % (uint64_t)n]] += (double)n / (n - 1);
        }
        memset(w, 0, (size_t)cells * sizeof *w);
        for (int p = 0; p < psus; p++) {
            double f = factor[p];
            if (f == 0) continue;
            for (size_t e = begin[p]; e < begin[p + 1]; e++) w[entry[e]] += f * value[e];
        }
        sweeps += rake(w);
        memcpy(weights + (size_t)r * (size_t)cells, w, (size_t)cells * sizeof *w);
    }
    double end = processor();
    printf("%.6f\n", end - start);
    fprintf(
        stderr, "%d PSUs, %zu entries, %d cells, %.1f sweeps a replicate; sums %.3f s, replicates %.3f s; %g\n", psus,
        entries, cells, (double)sweeps / count, made - start, end - made, weights[cells]);
}

int main(int count, char **arguments) {
    for (int column = 0; column < COLUMNS; column++) chunk[column] = malloc((size_t)CHUNK * (size_t)width(column));
    if (count == 4 && !strcmp(arguments[1], "import")) import_wave(arguments[2], arguments[3]);
    else if (count == 3 && !strcmp(arguments[1], "shares")) shares(arguments[2]);
    else if (count == 4 && !strcmp(arguments[1], "rake")) rake_rows(arguments[2], arguments[3]);
    else if (count == 5 && !strcmp(arguments[1], "replicates") && atoi(arguments[4]) > 0)
        replicate_rows(arguments[2], arguments[3], atoi(arguments[4]));
    else
        return fputs("usage: limit import WAVE.csv OUT.db | limit shares WAVE.csv | limit rake WAVE.csv TARGETS.csv\n"
                     "       limit replicates WAVE.csv TARGETS.csv COUNT\n", stderr), 2;
    return 0;
}
