# Steps of weighting: response propensities, trimming, households, targets with errors, nearest weights.
#
#     Rscript Tests/Reference/weighting-steps.R
#
# writes weighting-steps.json beside this script. Regressions are glm's, trimming is trimWeights, households are calibrate with
# aggregate.stage; what no package has (classes at weighted quantiles, a limit for a design effect, nearest weights, the part
# of target errors) is written out with R's own matrices. Totals, errors and outcomes are invented.
suppressMessages(library(survey))
script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
here <- dirname(normalizePath(script))
number <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
list_of <- function(x) paste0("[", paste(number(x), collapse = ","), "]")
strat <- read.csv(file.path(here, "data", "apistrat.csv"))
clus <- read.csv(file.path(here, "data", "apiclus1.csv"))
lines <- character()
weights_row <- function(id, w) lines <<- c(lines, sprintf('    {"id":"%s","weights":%s}', id, list_of(w)))
value_row <- function(id, estimate, se) {
  lines <<- c(lines, sprintf('    {"id":"%s","estimate":%s,"se":%s}', id, number(estimate), number(se)))
}

# Propensities: a school answered unless its number ends in 3, 6 or 9.
r <- !(strat$snum %% 10 %in% c(3, 6, 9))
tight <- glm.control(epsilon = 1e-15, maxit = 100)
fit <- function(w) {
  suppressWarnings(glm(r ~ factor(stype) + factor(sch.wide) + meals, data = strat, family = quasibinomial, weights = w, control = tight))
}
p <- fitted(fit(strat$pw))
weights_row("propensity-weighted", ifelse(r, strat$pw / p, 0))
weights_row("propensity-plain", ifelse(r, strat$pw / fitted(fit(rep(1, nrow(strat)))), 0))
order_p <- order(p)
share <- cumsum(strat$pw[order_p]) / sum(strat$pw)
ends <- sapply(1:4, function(k) p[order_p][which(share >= k / 5 - 1e-12)[1]])
class <- findInterval(p, ends * (1 + 1e-12), left.open = TRUE)
factor_of <- tapply(strat$pw, class, sum) / tapply(strat$pw * r, class, sum)
weights_row("propensity-classes", ifelse(r, strat$pw * factor_of[as.character(class)], 0))

# Trimming of weights that a calibration has spread.
spread <- strat$pw * exp(strat$meals / 60)
design <- svydesign(ids = ~1, weights = spread, data = strat)
# trimWeights(strict = TRUE) calls itself for each pass, too deep for limits near the mean: here the passes are a loop.
strict <- function(d, upper) {
  while (any(weights(d) > upper * (1 + 1e-14))) d <- trimWeights(d, upper = upper)
  weights(d)
}
weights_row("trim-base", spread)
weights_row("trim-quantile", strict(design, quantile(spread, 0.9)))
weights_row("trim-median", strict(design, 2 * median(spread)))
kish <- function(w) length(w) * sum(w^2) / sum(w)^2
cap <- uniroot(function(u) kish(strict(design, u)) - 1.2, c(mean(spread) * 1.01, max(spread)), tol = 1e-13)$root
weights_row("trim-deff", strict(design, cap))
groups <- spread
for (g in unique(strat$stype)) {
  own <- strat$stype == g
  groups[own] <- strict(svydesign(ids = ~1, weights = spread[own], data = strat[own, ]), 1.5 * median(spread[own]))
}
weights_row("trim-groups", groups)
margins <- list(data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018)), data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122)))
raked <- function(w) {
  weights(rake(
    svydesign(ids = ~1, weights = w, data = strat), list(~stype, ~sch.wide), margins,
    control = list(maxit = 2000, epsilon = 1e-13)))
}
w <- raked(spread)
weights_row("keep-margins-before", w)
limit <- 2.2 * median(w)
for (i in 1:5000) {
  w <- strict(svydesign(ids = ~1, weights = w, data = strat), limit)
  w <- raked(w)
  if (max(w) <= limit * (1 + 1e-13)) break
}
weights_row("keep-margins", w)

# Persons and households together: one weight a district, persons by type of school, districts by their number and size.
clus$one <- 1 / ave(rep(1, nrow(clus)), clus$dnum, FUN = length)
persons <- c(E = 4421, H = 755, M = 1018)
house <- svydesign(ids = ~dnum + cds, weights = ~pw, data = clus)
together <- calibrate(
  house, ~ 0 + factor(stype) + one, c(persons, 700), aggregate.stage = 1, calfun = "linear")
weights_row("households", weights(together))

# Targets with errors: what b'Vb adds to the variance of a post-stratified and of a raked figure.
one <- svydesign(ids = ~1, strata = ~stype, weights = ~pw, data = strat)
awards <- data.frame(awards = c("No", "Yes"), Freq = c(2027, 4167))
post <- postStratify(one, ~awards, awards)
errors <- c(No = 80, Yes = 120)
means <- sapply(names(errors), function(a) with(strat[strat$awards == a, ], sum(pw * api00) / sum(pw)))
total <- svytotal(~api00, post)
value_row("post-total", coef(total), sqrt(SE(total)^2 + sum(means^2 * errors^2)))
mean <- svymean(~api00, post)
value_row("post-mean", coef(mean), sqrt(SE(mean)^2 + sum(((means - coef(mean)) / 6194)^2 * errors^2)))
two <- calibrate(
  one, ~ awards + sch.wide, c("(Intercept)" = 6194, awardsYes = 4167, sch.wideYes = 5122), calfun = "raking",
  epsilon = 1e-13, maxit = 200)
x <- cbind(strat$awards == "No", strat$awards == "Yes", strat$sch.wide == "No", strat$sch.wide == "Yes") * 1
held <- function(s) diag(s^2) - (s^2) %*% t(s^2) / sum(s^2)
v <- matrix(0, 4, 4)
v[1:2, 1:2] <- held(c(80, 120))
v[3:4, 3:4] <- held(c(60, 90))
u <- strat$api00
b <- MASS::ginv(t(x) %*% (strat$pw * x)) %*% t(x) %*% (strat$pw * u)
total <- svytotal(~api00, two)
value_row("raked-total", coef(total), sqrt(SE(total)^2 + t(b) %*% v %*% b))

# Nearest weights: two margins of different sums. d is scaled to the first margin, a miss costs 1000 (Σwx − t)²/(2t).
t_wanted <- c(2027, 4167, 1200, 5600)
d <- strat$pw * 6194 / sum(strat$pw)
gamma <- pmax(t_wanted, sum(d) / 1000) / 1000
lambda <- solve(t(x) %*% (d * x) + diag(gamma), t_wanted - t(x) %*% d)
weights_row("nearest-ridge", d * (1 + x %*% lambda))
lambda <- rep(0, 4)
for (i in 1:100) {
  w <- as.numeric(d * exp(x %*% lambda))
  step <- solve(t(x) %*% (w * x) + diag(gamma), t_wanted - t(x) %*% w - gamma * lambda)
  lambda <- lambda + step
  if (max(abs(step)) < 1e-15) break
}
weights_row("nearest-entropy", as.numeric(d * exp(x %*% lambda)))
origin <- sprintf(
  '  "origin": {"program": "R %s.%s, survey %s", "script": "Tests/Reference/weighting-steps.R", "date": "2026-11-21"},',
  R.version$major, R.version$minor, packageVersion("survey"))
writeLines(
  c("{", origin, '  "rows": [', paste(lines, collapse = ",\n"), "  ]", "}"), file.path(here, "weighting-steps.json"))
