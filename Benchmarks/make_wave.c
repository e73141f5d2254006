// Makes a survey wave as CSV: ./make_wave ROWS [SEED [WAVE]] > wave.csv. The same arguments give the same bytes.
//
// Design : 20 regions x town or village = 40 strata; PSUs nested in strata, numbered over the whole file, min(ROWS / 15, 20000)
//          of them and at least 3 a stratum; rows come in the order of the interviews, which is random.
// Columns: id region settlement stratum psu sex age age_group education income sexage weight income_amount spend
//          q01..q20  yes, no, don't know, refused (1, 2, 8, 9); q01 complete, up to 30 % of the others empty (routing)
//          s01..s15  scales of five; s01 to s03 complete, up to 10 % of the others empty
//          m01..m10  items of a multiple-response question (0, 1); 2 to 25 % empty
// Answers depend on the PSU, the region, age, sex and education, so that design effects are those of a real survey.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REGIONS = 20, STRATA = 40, QUESTIONS = 20, SCALES = 15, ITEMS = 10, EFFECTS = QUESTIONS + SCALES + ITEMS + 1 };

static uint64_t state[4];

static uint64_t split_mix(uint64_t *seed) {
    uint64_t z = (*seed += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static void seed_with(uint64_t seed) {
    for (int i = 0; i < 4; i++) state[i] = split_mix(&seed);
}

static uint64_t rotated(uint64_t x, int by) { return x << by | x >> (64 - by); }

static uint64_t next(void) { // xoshiro256**
    uint64_t result = rotated(state[1] * 5, 7) * 9, t = state[1] << 17;
    state[2] ^= state[0], state[3] ^= state[1], state[1] ^= state[2], state[0] ^= state[3], state[2] ^= t;
    state[3] = rotated(state[3], 45);
    return result;
}

static double uniform(void) { return (double)(next() >> 11) * 0x1p-53; }
static double between(double low, double high) { return low + (high - low) * uniform(); }

static double normal(void) { // the sum of twelve is near enough and the same on every machine
    double sum = -6;
    for (int i = 0; i < 12; i++) sum += uniform();
    return sum;
}

static double clipped(double x, double low, double high) { return x < low ? low : x > high ? high : x; }
static double logistic(double x) { return 1 / (1 + exp(-x)); }

static char *put(char *p, long value) {
    char digits[24];
    int n = 0;
    do digits[n++] = (char)('0' + value % 10); while (value /= 10);
    while (n) *p++ = digits[--n];
    return p;
}

static char *put_decimals(char *p, double value) { // six of them
    long scaled = lround(value * 1e6);
    p = put(p, scaled / 1000000);
    *p++ = '.';
    for (long unit = 100000; unit; unit /= 10) *p++ = (char)('0' + scaled / unit % 10);
    return p;
}

static void *allocated(size_t count, size_t size) {
    void *memory = calloc(count, size);
    if (!memory) { fputs("make_wave: out of memory\n", stderr); exit(1); }
    return memory;
}

int main(int count, char **arguments) {
    long rows = count > 1 ? atol(arguments[1]) : 0;
    uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 20240;
    int wave = count > 3 ? atoi(arguments[3]) : 1;
    if (rows < 1) { fputs("usage: make_wave ROWS [SEED [WAVE]] > wave.csv\n", stderr); return 2; }

    // The frame is the same in every wave: waves share their PSUs.
    seed_with(seed * 2 + 1);
    int psus = (int)(rows / 15 < 20000 ? rows / 15 : 20000);
    if (psus < 3 * STRATA) psus = 3 * STRATA;
    double share[STRATA], total = 0;
    for (int region = 0; region < REGIONS; region++) {
        double size = between(0.4, 1.6), urban = clipped(0.6 + 0.15 * normal(), 0.2, 0.9);
        share[2 * region] = size * urban, share[2 * region + 1] = size * (1 - urban), total += size;
    }
    int *stratum = allocated((size_t)psus, sizeof *stratum);
    for (int stratum_number = 0, psu = 0; stratum_number < STRATA; stratum_number++) {
        int left = 3 * (STRATA - 1 - stratum_number), here = (int)(share[stratum_number] / total * psus);
        if (here < 3) here = 3;
        if (here > psus - psu - left || stratum_number == STRATA - 1) here = psus - psu - left;
        while (here-- > 0) stratum[psu++] = stratum_number;
    }
    float(*effect)[EFFECTS] = allocated((size_t)psus, sizeof *effect);
    double *size = allocated((size_t)psus + 1, sizeof *size), region_effect[REGIONS][EFFECTS];
    int *order = allocated((size_t)psus, sizeof *order);
    double level[EFFECTS], by_age[EFFECTS], by_sex[EFFECTS], by_education[EFFECTS], empty[EFFECTS];
    for (int psu = 0; psu < psus; psu++) {
        size[psu + 1] = size[psu] + exp(0.35 * normal());
        int other = (int)(uniform() * (psu + 1));
        order[psu] = order[other], order[other] = psu;
        for (int k = 0; k < EFFECTS; k++) effect[psu][k] = (float)(0.45 * normal());
    }
    for (int region = 0; region < REGIONS; region++)
        for (int k = 0; k < EFFECTS; k++) region_effect[region][k] = 0.3 * normal();
    for (int k = 0; k < EFFECTS; k++) {
        level[k] = between(-0.8, 0.8), by_age[k] = 0.01 * normal(), by_sex[k] = 0.2 * normal();
        by_education[k] = 0.12 * normal(), empty[k] = uniform();
    }

    fputs("id,region,settlement,stratum,psu,sex,age,age_group,education,income,sexage,weight,income_amount,spend", stdout);
    for (int k = 1; k <= QUESTIONS; k++) printf(",q%02d", k);
    for (int k = 1; k <= SCALES; k++) printf(",s%02d", k);
    for (int k = 1; k <= ITEMS; k++) printf(",m%02d", k);
    putchar('\n');

    seed_with(seed * 2 + 1 + 1000003u * (uint64_t)wave);
    for (long row = 1; row <= rows; row++) {
        // Each PSU has a row at least; the others come in proportion to its size.
        int psu;
        if (row <= psus) {
            psu = order[row - 1];
        } else {
            double point = uniform() * size[psus];
            int low = 0, high = psus;
            while (high - low > 1) *(size[(low + high) / 2] <= point ? &low : &high) = (low + high) / 2;
            psu = low;
        }
        int region = stratum[psu] / 2, village = stratum[psu] % 2, sex = uniform() < 0.54;
        double spread = -11.5 * log(uniform() + 1e-12) - 11.5 * log(uniform() + 1e-12);
        int age = (int)clipped(18 + 1.3 * spread, 18, 90);
        int age_group = (age >= 25) + (age >= 35) + (age >= 45) + (age >= 55) + (age >= 65);
        int education = (int)lround(clipped(2.2 - 0.012 * (age - 45) - 0.45 * village + 1.1 * normal(), 0, 4));
        int income = (int)lround(clipped(1 + 0.45 * education - 0.3 * village + normal(), 0, 4));
        double weight = 1e7 / (double)rows * exp(-0.08 + 0.4 * normal()) * (1 + 0.25 * village);
        double amount = exp(10.2 + 0.28 * income + 0.06 * education + 0.3 * effect[psu][EFFECTS - 1]
                            + region_effect[region][EFFECTS - 1] + 0.6 * normal());
        double spent = clipped(0.72 + 0.02 * (wave - 1) + 0.05 * effect[psu][EFFECTS - 2] + 0.18 * normal(), 0.05, 9);

        char line[1024], *p = line;
        long whole[] = {row, region + 1, village + 1, stratum[psu] + 1, psu + 1, sex + 1, age, age_group + 1, education + 1,
                        income + 1, sex * 6 + age_group + 1};
        for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) p = put(p, whole[i]), *p++ = ',';
        p = put_decimals(p, weight), *p++ = ',';
        p = put(p, lround(amount)), *p++ = ',';
        p = put(p, lround(amount * spent));
        for (int k = 0; k < QUESTIONS + SCALES + ITEMS; k++) {
            double eta = level[k] + (k % 3 == 0 ? 0.08 * (wave - 1) : 0) + effect[psu][k] + region_effect[region][k]
                + by_age[k] * (age - 45) + by_sex[k] * sex + by_education[k] * (education - 2);
            double missing, u = uniform();
            int answer;
            if (k < QUESTIONS) {
                answer = u < 0.9 * logistic(eta) ? 1 : u < 0.9 ? 2 : u < 0.97 ? 8 : 9;
                missing = k == 0 ? 0 : 0.3 * empty[k];
            } else if (k < QUESTIONS + SCALES) {
                answer = (int)lround(clipped(3 + 0.9 * eta + 0.7 * log((u + 1e-9) / (1 - u + 1e-9)), 1, 5));
                missing = k < QUESTIONS + 3 ? 0 : 0.1 * empty[k];
            } else {
                answer = u < logistic(eta - 1);
                missing = 0.02 + 0.23 * empty[k];
            }
            *p++ = ',';
            if (uniform() >= missing) *p++ = (char)('0' + answer);
        }
        *p++ = '\n';
        if (fwrite(line, 1, (size_t)(p - line), stdout) != (size_t)(p - line)) { perror("make_wave"); return 1; }
    }
    return fflush(stdout) ? (perror("make_wave"), 1) : 0;
}
