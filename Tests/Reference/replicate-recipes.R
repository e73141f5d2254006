# Recipes done again in each replicate: eligibility, propensities, cells, combined samples, scaling, raking.
#
#     Rscript Tests/Reference/replicate-recipes.R
#
# writes replicate-recipes.json beside this script. Replicates are those of as.svrepdesign (JKn); each recipe is a function of
# base weights and of the factors of a replicate, called for the full sample and for every replicate, with glm and rake doing
# the steps. What counts rows counts them by the factor. Outcomes and samples are invented.
suppressMessages(library(survey))
script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
here <- dirname(normalizePath(script))
strat <- read.csv(file.path(here, "data", "apistrat.csv"))
n <- nrow(strat)
status <- ifelse(strat$snum %% 13 == 0, 4, ifelse(strat$snum %% 11 == 0, 3, ifelse(strat$snum %% 10 %in% c(3, 6, 9), 2, 1)))
sample_of <- ifelse(strat$snum %% 4 == 0, "b", "a")
strat$stype <- factor(strat$stype)
strat$sch.wide <- factor(strat$sch.wide)
jkn <- as.svrepdesign(svydesign(ids = ~1, strata = ~stype, weights = ~pw, data = strat), type = "JKn")
factors <- weights(jkn, type = "replication")
tight <- glm.control(epsilon = 1e-15, maxit = 100)

# d: weights, f: factor of each row in the replicate (1 in the full sample).
eligibility <- function(d, f, weighted = TRUE) {
  size <- if (weighted) d else f * (d > 0)
  known <- status != 4
  rate <- tapply(size, strat$stype, sum) / tapply(size * known, strat$stype, sum)
  ifelse(known, d * rate[as.character(strat$stype)], 0)
}
propensity <- function(d, f, weighted = TRUE, classes = NULL) {
  eligible <- status %in% c(1, 2) & d > 0
  size <- if (weighted) d else f * (d > 0)
  r <- as.numeric(status == 1)
  own <- data.frame(r, size, stype = strat$stype, wide = strat$sch.wide, meals = strat$meals)[eligible, ]
  # From weights of one size glm's own start leads to the solution; from there it finds that of others.
  own$size <- own$size / mean(own$size)
  near <- glm(r ~ stype + wide + meals, data = own, family = quasibinomial, weights = rep(1, nrow(own)))
  model <- glm(
    r ~ stype + wide + meals, data = own, family = quasibinomial, weights = size, control = tight, start = coef(near))
  stopifnot(max(abs(crossprod(model.matrix(model), own$size * (r[eligible] - fitted(model))))) < 1e-9 * sum(own$size))
  p <- rep(NA, n)
  p[eligible] <- fitted(model)
  factor_of <- 1 / p
  if (!is.null(classes)) {
    rows <- which(eligible)[order(p[eligible])]
    share <- cumsum(size[rows]) / sum(size[rows])
    ends <- sapply(seq_len(classes - 1), function(k) p[rows][which(share >= k / classes * (1 - 1e-12))[1]])
    class <- findInterval(p, ends * (1 + 1e-12), left.open = TRUE)
    of_class <- tapply(size[eligible], class[eligible], sum) / tapply((size * r)[eligible], class[eligible], sum)
    factor_of <- of_class[as.character(class)]
  }
  ifelse(eligible, ifelse(status == 1, d * factor_of, 0), d)
}
cells <- function(d, f) {
  respondent <- status == 1
  eligible <- status %in% c(1, 2)
  rate <- tapply(d * eligible, strat$sch.wide, sum) / tapply(d * respondent, strat$sch.wide, sum)
  ifelse(respondent, d * rate[as.character(strat$sch.wide)], ifelse(status == 3, d, 0))
}
eligible_only <- function(d) ifelse(status == 3, 0, d)
# Shares of two samples by rows, or by effective rows: a row of the replicate counts as often as it is there.
combined <- function(d, f, effective) {
  size <- sapply(c(a = "a", b = "b"), function(s) {
    own <- sample_of == s & d > 0
    base <- d[own] / f[own]
    if (effective) sum(f[own] * base)^2 / sum(f[own] * base^2) else sum(f[own])
  })
  d * (size / sum(size))[sample_of]
}
scaled <- function(d, f, total = NULL) {
  groups <- strat$awards
  sums <- tapply(d, groups, sum)
  rows <- tapply(f * (d > 0), groups, sum)
  d * ((if (is.null(total)) rows else total) / sums)[groups]
}
raked <- function(d) {
  keep <- d > 0
  own <- svydesign(ids = ~1, weights = d[keep], data = strat[keep, ])
  fit <- rake(
    own, list(~awards, ~sch.wide),
    list(data.frame(awards = c("No", "Yes"), Freq = c(2027, 4167)), data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122))),
    control = list(maxit = 2000, epsilon = 1e-13))
  d[keep] <- weights(fit)
  d
}
recipes <- list(
  "propensity" = function(d, f) eligible_only(propensity(eligibility(d, f), f)),
  "propensity-rows" = function(d, f) eligible_only(propensity(eligibility(d, f), f, weighted = FALSE)),
  "propensity-classes" = function(d, f) eligible_only(propensity(eligibility(d, f), f, classes = 5)),
  "eligibility-cells" = function(d, f) eligible_only(cells(eligibility(d, f, weighted = FALSE), f)),
  "combined-rows" = function(d, f) combined(d, f, FALSE),
  "combined-effective" = function(d, f) raked(combined(d, f, TRUE)),
  "scaled" = function(d, f) scaled(d, f),
  "after-raking" = function(d, f) scaled(propensity(raked(eligible_only(eligibility(d, f))), f), f, 1000))
number <- function(x) sprintf("%.17g", x)
lines <- character()
for (id in names(recipes)) {
  recipe <- recipes[[id]]
  theta <- function(w) c(sum(w * strat$api00) / sum(w), sum(w * strat$enroll))
  full <- recipe(strat$pw, rep(1, n))
  replicates <- t(sapply(seq_len(ncol(factors)), function(b) {
    f <- factors[, b]
    theta(recipe(strat$pw * f, ifelse(f == 0, 1e-300, f)))
  }))
  scales <- jkn$rscales * jkn$scale
  error <- function(x) sqrt(sum(scales * (x - mean(x))^2))
  estimate <- theta(full)
  lines <- c(lines, sprintf(
    '    {"id":"%s","mean":%s,"mean_se":%s,"total":%s,"total_se":%s}', id, number(estimate[1]),
    number(error(replicates[, 1])), number(estimate[2]), number(error(replicates[, 2]))))
}
origin <- sprintf(
  '  "origin": {"program": "R %s.%s, survey %s", "script": "Tests/Reference/replicate-recipes.R", "date": "2026-11-21"},',
  R.version$major, R.version$minor, packageVersion("survey"))
writeLines(
  c("{", origin, '  "rows": [', paste(lines, collapse = ",\n"), "  ]", "}"), file.path(here, "replicate-recipes.json"))
