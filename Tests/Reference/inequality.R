# Quantiles of base R, standard deviations, correlations, Gini indexes and poverty rates with linearised standard errors,
# and intervals of shares by their formulas.
#
#     Rscript inequality.R > inequality.json        (R 4.2.2, package survey 4.1-1, run on 2026-11-21)
#
# The influence of a row on the Gini index is found by numerical differentiation of the index by the row's weight, that on
# the poverty rate by its published formula (Osier 2009) with the width of Silverman (1986); svytotal of the influences
# gives the standard error.
suppressMessages(library(survey))
number <- function(x) sprintf("%.17g", x)
list_of <- function(x) paste0("[", paste(number(x), collapse = ","), "]")
lines <- c()
add <- function(...) lines <<- c(lines, sprintf(...))

# Quantiles of plain numbers by Hyndman and Fan's types: equal weights must give them.
x <- c(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8)
p <- c(0, 0.04, 0.1, 0.25, 0.3, 0.5, 0.61, 0.75, 0.9, 0.99, 1)
for (type in c(1, 2, 4:9)) {
  add('{"kind":"type","type":%d,"values":%s,"p":%s,"quantiles":%s}', type, list_of(x), list_of(p),
      list_of(quantile(x, p, type = type, names = FALSE)))
}

# Intervals of shares by their formulas.
for (share in c(0.003, 0.2, 0.5, 0.93)) for (deff in c(0.7, 2.5)) for (df in c(4, 60)) {
  n <- 150
  v <- deff * share * (1 - share) / n
  t <- qt(0.975, df)
  angle <- asin(sqrt(share)) + c(-1, 1) * t * sqrt(v) / (2 * sqrt(share * (1 - share)))
  size <- share * (1 - share) / v
  wilson <- (share + t^2 / (2 * size) + c(-1, 1) * t * sqrt(share * (1 - share) / size + t^2 / (4 * size^2))) /
    (1 + t^2 / size)
  excess <- function(q) 2 * n * (share * log(share / q) + (1 - share) * log((1 - share) / (1 - q))) -
    t^2 * (n * v / (share * (1 - share))) * n / (n - 1)
  likelihood <- c(uniroot(excess, c(1e-300, share), tol = 1e-15)$root, uniroot(excess, c(share, 1 - 1e-16), tol = 1e-15)$root)
  add('{"kind":"interval","share":%s,"variance":%s,"n":%d,"df":%d,"asin":%s,"asin_unclipped":%s,"wilson":%s,"likelihood":%s}',
      number(share), number(v), n, df, list_of(sin(pmin(pmax(angle, 0), pi / 2))^2), list_of(sin(angle)^2),
      list_of(wilson), list_of(likelihood))
}

gini <- function(x, w) {
  o <- order(x); x <- x[o]; w <- w[o]; C <- cumsum(w)
  (2 * sum(w * x * C) - sum(w^2 * x)) / (sum(w) * sum(w * x)) - 1
}
derivative <- function(f, x, w) sapply(seq_along(w), function(k) {
  h <- 1e-4 * w[k]; up <- w; down <- w; up[k] <- up[k] + h; down[k] <- down[k] - h
  (f(x, up) - f(x, down)) / (2 * h)
})
cut <- function(x, w, p) { o <- order(x); C <- cumsum(w[o]); x[o][which(C >= p * sum(w) * (1 - 1e-9))[1]] }
poverty <- function(x, w, a) { line <- a * cut(x, w, 0.5); sum(w[x < line]) / sum(w) }
poverty_influence <- function(x, w, a) {
  W <- sum(w); m <- cut(x, w, 0.5); line <- a * m
  sigma <- sqrt(sum(w * (x - sum(w * x) / W)^2) / W)
  range <- (cut(x, w, 0.75) - cut(x, w, 0.25)) / 1.34
  width <- 0.9 * min(sigma, range) * (W^2 / sum(w^2))^(-0.2)
  f <- function(at) sum(w * dnorm((x - at) / width)) / (W * width)
  ((x < line) - poverty(x, w, a) - a * f(line) / f(m) * ((x <= m) - sum(w[x <= m]) / W)) / W
}
correlation <- function(v, a, b) {
  # The covariance matrix of the entries of svyvar, and the delta method.
  m <- as.matrix(v); class(m) <- NULL
  r <- m[a, b] / sqrt(m[a, a] * m[b, b])
  k <- function(i, j) (match(j, colnames(m)) - 1) * nrow(m) + match(i, rownames(m))
  g <- numeric(length(m))
  g[k(a, b)] <- 1 / sqrt(m[a, a] * m[b, b]); g[k(a, a)] <- -r / (2 * m[a, a]); g[k(b, b)] <- -r / (2 * m[b, b])
  c(r, sqrt(drop(t(g) %*% attr(v, "var") %*% g)))
}

case <- function(dataset, d, group, level) {
  keep <- if (is.null(group)) rep(TRUE, nrow(d)) else d$variables[[group]] == level
  s <- if (is.null(group)) d else subset(d, keep)
  inside <- function(u) { all <- numeric(nrow(d)); all[keep] <- u; SE(svytotal(~u, update(d, u = all))) }
  y <- d$variables[keep, ]; w <- weights(d)[keep]
  sd <- svycontrast(svyvar(~api00, s), quote(sqrt(api00)))
  r <- correlation(svyvar(~api00 + enroll, s), "api00", "enroll")
  by <- if (is.null(group)) "" else level
  row <- function(statistic, estimate, se) add(
    '{"kind":"estimate","dataset":"%s","group":"%s","statistic":"%s","estimate":%s,"se":%s}', dataset, by, statistic,
    number(estimate), number(se))
  row("standard-deviation", coef(sd), SE(sd))
  row("correlation", r[1], r[2])
  row("gini", gini(y$enroll, w), inside(derivative(gini, y$enroll, w)))
  row("poverty", poverty(y$enroll, w, 0.6), inside(poverty_influence(y$enroll, w, 0.6)))
}
strat <- read.csv("data/apistrat.csv"); clus <- read.csv("data/apiclus1.csv")
dstrat <- svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = strat)
dclus <- svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = clus)
case("apistrat", dstrat, NULL, NULL); case("apiclus1", dclus, NULL, NULL)
for (level in c("E", "H", "M")) { case("apistrat", dstrat, "stype", level); case("apiclus1", dclus, "stype", level) }

cat(sprintf('{"program":"%s, survey %s","date":"2026-11-21","cases":[\n', R.version.string, packageVersion("survey")))
cat(paste0(" ", lines, collapse = ",\n"), "\n]}\n")
