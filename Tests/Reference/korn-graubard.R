# Intervals of Korn and Graubard (1998) with the limit m <= n of the NCHS standard (Parker et al. 2017), by their formula
# in R's own t and beta quantiles.
#
#     Rscript korn-graubard.R > korn-graubard.json        (R 4.2.2, run on 2026-11-21)
number <- function(x) sprintf("%.17g", x)

interval <- function(p, v, n, df, level, limited) {
  tail <- (1 - level) / 2
  m <- if (p == 0 || p == 1) n else p * (1 - p) / v * (qt(1 - tail, n - 1) / qt(1 - tail, df))^2
  if (limited) m <- min(n, m)
  low <- if (p == 0) 0 else qbeta(tail, m * p, m * (1 - p) + 1)
  high <- if (p == 1) 1 else qbeta(1 - tail, m * p + 1, m * (1 - p))
  c(low, high)
}

lines <- c()
add <- function(p, deff, n, df, level) {
  v <- deff * p * (1 - p) / n
  kg <- interval(p, v, n, df, level, TRUE)
  beta <- interval(p, v, n, df, level, FALSE)
  lines <<- c(lines, sprintf(
    ' {"share":%s,"variance":%s,"n":%d,"df":%s,"level":%s,"korn_graubard":[%s,%s],"beta":[%s,%s]}',
    number(p), number(v), n, number(df), number(level), number(kg[1]), number(kg[2]), number(beta[1]), number(beta[2])))
}

for (p in c(0, 0.0004, 0.013, 0.2, 0.5, 0.87, 0.999, 1)) {
  for (n in c(31, 400, 12000)) {
    for (deff in c(0.6, 1, 2.75)) for (df in c(3, 16, 812)) add(p, deff, n, df, 0.95)
  }
}
add(0.3, 1.8, 150, 25, 0.9)
add(0.3, 1.8, 150, 25, 0.99)

cat(sprintf('{"program":"%s","date":"2026-11-21","tolerance_rel":1e-9,"cases":[\n', R.version.string))
cat(paste(lines, collapse = ",\n"), "\n]}\n")
