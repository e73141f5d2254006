# Linear combinations of estimates, and changes between two samples, with the R package survey.
#
#     Rscript Tests/Reference/changes.R
#
# writes combinations.json and changes.json beside this script. Combinations of parts with different bases are functions of
# totals of the whole sample, so that svycontrast knows their covariance. Changes take two halves of one table that share
# some PSUs: "stacked" is svyby and svycontrast on both halves under one another; with all PSUs in both halves it is the
# exact covariance too; "independent" adds the variances of two designs.
suppressMessages(library(survey))
options(survey.lonely.psu = "fail")

script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
here <- dirname(normalizePath(script))
read <- function(name) read.csv(file.path(here, "data", name))
number <- function(x) if (is.na(x)) "null" else sprintf("%.17g", x)
origin <- sprintf(
  '  "origin": {"program": "R %s.%s, survey %s", "script": "Tests/Reference/changes.R", "date": "2026-11-21"},',
  R.version$major, R.version$minor, packageVersion("survey"))

# combinations: every part is a mean of y over a base, both 0 outside it.
combination <- function(id, design, parts, coefficients) {
  formula <- ~0
  terms <- character()
  for (i in seq_along(parts)) {
    base <- parts[[i]]$base & !is.na(parts[[i]]$y)
    design$variables[[paste0("y", i)]] <- ifelse(base, parts[[i]]$y, 0)
    design$variables[[paste0("b", i)]] <- as.numeric(base)
    terms <- c(terms, sprintf("%.17g*y%d/b%d", coefficients[i], i, i))
  }
  names <- c(paste0("y", seq_along(parts)), paste0("b", seq_along(parts)))
  totals <- svytotal(as.formula(paste("~", paste(names, collapse = "+"))), design)
  result <- svycontrast(totals, parse(text = paste(terms, collapse = " + "))[[1]])
  inside <- Reduce(`|`, lapply(parts, function(part) part$base))
  df <- degf(design[inside, ])
  estimate <- as.numeric(coef(result))
  se <- as.numeric(SE(result))
  sprintf(
    '    {"id":"%s","estimate":%s,"se":%s,"df":%d,"ci_low":%s,"ci_high":%s,"n_base":%d}', id, number(estimate), number(se), df,
    number(estimate - qt(0.975, df) * se), number(estimate + qt(0.975, df) * se),
    min(sapply(parts, function(part) sum(part$base & !is.na(part$y)))))
}
clus <- read("apiclus1.csv")
clus1 <- svydesign(ids = ~dnum, weights = ~pw, fpc = ~fpc, data = clus)
strat <- read("apistrat.csv")
strat1 <- svydesign(ids = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = strat)
nhanes <- read("nhanes.csv")
nhanes1 <- svydesign(ids = ~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE, data = nhanes)
yes <- function(x) as.numeric(x == "Yes")
three <- function(data) {
  list(
    list(y = yes(data$awards), base = data$stype == "E"), list(y = yes(data$comp.imp), base = data$sch.wide == "Yes"),
    list(y = yes(data$both), base = data$api99 > 600))
}
lines <- c(
  combination("clus1-mean-of-3-bases", clus1, three(clus), c(1, 1, 1) / 3),
  combination("strat-weighted-3-bases", strat1, three(strat), c(2, 1, -0.5)),
  combination(
    "strat-difference-of-groups", strat1,
    list(list(y = strat$api00, base = strat$stype == "H"), list(y = strat$api99, base = strat$stype == "E")), c(1, -1)),
  combination(
    "nhanes-race-1-less-2", nhanes1,
    list(list(y = nhanes$HI_CHOL, base = nhanes$race == 1), list(y = nhanes$HI_CHOL, base = nhanes$race == 2)), c(1, -1)))
writeLines(c("{", origin, '  "rows": [', paste(lines, collapse = ",\n"), "  ]", "}"), file.path(here, "combinations.json"))

# changes: api99 in the first half, api00 in the second.
halves <- function(data, first, second) {
  one <- data[first, ]
  two <- data[second, ]
  one$y <- one$api99
  two$y <- two$api00
  one$wave <- 1
  two$wave <- 2
  list(one, two)
}
change <- function(id, data, first, second, ids, strata, fpc, statistic, domain = NULL, independent = FALSE) {
  both <- halves(data, first, second)
  design <- function(rows) {
    made <- svydesign(ids = ids, strata = strata, weights = ~pw, fpc = fpc, data = rows)
    if (is.null(domain)) made else made[rows[[domain]] == "Yes", ]
  }
  if (independent) {
    parts <- lapply(both, function(rows) statistic(~y, design(rows)))
    estimate <- as.numeric(coef(parts[[2]]) - coef(parts[[1]]))
    se <- sqrt(sum(sapply(parts, function(part) as.numeric(SE(part))^2)))
    df <- sum(sapply(both, function(rows) degf(design(rows))))
  } else {
    stacked <- design(rbind(both[[1]], both[[2]]))
    means <- svyby(~y, ~wave, stacked, statistic, covmat = TRUE)
    result <- svycontrast(means, c(-1, 1))
    estimate <- as.numeric(coef(result))
    se <- as.numeric(SE(result))
    df <- degf(stacked)
  }
  sprintf(
    '    {"id":"%s","estimate":%s,"se":%s,"df":%d,"ci_low":%s,"ci_high":%s,"p":%s}', id, number(estimate), number(se), df,
    number(estimate - qt(0.975, df) * se), number(estimate + qt(0.975, df) * se),
    number(2 * pt(-abs(estimate / se), df)))
}
all_clus <- rep(TRUE, nrow(clus))
districts <- sort(unique(clus$dnum))
early <- clus$dnum %in% districts[1:11]
late <- clus$dnum %in% districts[5:15]
all_strat <- rep(TRUE, nrow(strat))
order <- seq_len(nrow(strat))
thirds1 <- order %% 3 != 0
thirds2 <- order %% 3 != 1
lines <- character()
for (statistic in c("mean", "total")) {
  of <- if (statistic == "mean") svymean else svytotal
  row <- function(id, ...) change(paste0(id, "-", statistic), ..., statistic = of)
  lines <- c(
    lines,
    row("clus1-full", clus, all_clus, all_clus, ~dnum, NULL, ~fpc),
    row("clus1-full-domain", clus, all_clus, all_clus, ~dnum, NULL, ~fpc, domain = "comp.imp"),
    row("clus1-partial", clus, early, late, ~dnum, NULL, NULL),
    row("clus1-partial-fpc", clus, early, late, ~dnum, NULL, ~fpc),
    row("clus1-partial-independent", clus, early, late, ~dnum, NULL, ~fpc, independent = TRUE),
    row("strat-full", strat, all_strat, all_strat, ~snum, ~stype, ~fpc),
    row("strat-full-domain", strat, all_strat, all_strat, ~snum, ~stype, ~fpc, domain = "sch.wide"),
    row("strat-partial", strat, thirds1, thirds2, ~snum, ~stype, ~fpc),
    row("strat-partial-domain", strat, thirds1, thirds2, ~snum, ~stype, ~fpc, domain = "sch.wide"),
    row("strat-partial-independent", strat, thirds1, thirds2, ~snum, ~stype, ~fpc, domain = "sch.wide", independent = TRUE))
}

# Medians: svycontrast knows no covariance of quantiles. The influence of a median is that of the share up to it, scaled so
# that its variance is the square of the error that svyquantile gives (Woodruff); svyrecvar makes the variance of both
# halves under one another. "exact" is V1 + V2 - 2C with C of Tam (1984) through the units that both halves have.
median_change <- function(id, data, first, second, ids, strata, fpc, domain = NULL, exact = FALSE) {
  both <- halves(data, first, second)
  design <- function(rows) svydesign(ids = ids, strata = strata, weights = ~pw, fpc = fpc, data = rows)
  of <- function(rows) {
    whole <- design(rows)
    inside <- if (is.null(domain)) rep(TRUE, nrow(rows)) else rows[[domain]] == "Yes"
    part <- whole[inside, ]
    found <- svyquantile(~y, part, 0.5, interval.type = "mean", df = degf(part))
    part <- update(part, below = as.numeric(y <= coef(found)))
    share <- svymean(~below, part)
    w <- ifelse(inside, weights(whole), 0)
    z <- w * ((rows$y <= coef(found)) - coef(share)) / sum(w) * -as.numeric(SE(found)) / as.numeric(SE(share))
    own <- svyrecvar(as.matrix(z), whole$cluster, whole$strata, whole$fpc, postStrata = NULL)
    stopifnot(abs(sqrt(own) / SE(found) - 1) < 1e-12)
    list(estimate = as.numeric(coef(found)), variance = as.numeric(SE(found))^2, z = z)
  }
  parts <- lapply(both, of)
  stacked <- design(rbind(both[[1]], both[[2]]))
  df <- degf(if (is.null(domain)) stacked else stacked[rbind(both[[1]], both[[2]])[[domain]] == "Yes", ])
  variance <- as.numeric(svyrecvar(
    as.matrix(c(-parts[[1]]$z, parts[[2]]$z)), stacked$cluster, stacked$strata, stacked$fpc, postStrata = NULL))
  if (exact) {
    unit <- all.vars(ids)
    group <- function(rows) if (is.null(strata)) rep("all", nrow(rows)) else as.character(rows[[all.vars(strata)]])
    sums <- Map(function(rows, part) {
      key <- paste(group(rows), rows[[unit]])
      one <- !duplicated(key)
      data.frame(
        key = key[one], stratum = group(rows)[one], size = if (is.null(fpc)) Inf else rows[[all.vars(fpc)]][one],
        z = as.numeric(rowsum(part$z, key)[key[one], 1]))
    }, both, parts)
    drawn <- lapply(sums, function(sum) table(sum$stratum))
    shared <- merge(sums[[1]], sums[[2]], by = "key")
    covariance <- sum(sapply(split(shared, shared$stratum.x), function(pair) {
      m <- nrow(pair)
      h <- pair$stratum.x[1]
      expected <- drawn[[1]][[h]] * drawn[[2]][[h]] / pair$size.x[1]
      (m - expected) / (m - 1) * sum((pair$z.x - mean(pair$z.x)) * (pair$z.y - mean(pair$z.y)))
    }))
    variance <- parts[[1]]$variance + parts[[2]]$variance - 2 * covariance
  }
  estimate <- parts[[2]]$estimate - parts[[1]]$estimate
  se <- sqrt(variance)
  sprintf(
    '    {"id":"%s","estimate":%s,"se":%s,"df":%d,"ci_low":%s,"ci_high":%s,"p":%s}', id, number(estimate), number(se), df,
    number(estimate - qt(0.975, df) * se), number(estimate + qt(0.975, df) * se),
    number(2 * pt(-abs(estimate / se), df)))
}
lines <- c(
  lines,
  median_change("clus1-full-median", clus, all_clus, all_clus, ~dnum, NULL, ~fpc),
  median_change("clus1-full-domain-median", clus, all_clus, all_clus, ~dnum, NULL, ~fpc, domain = "comp.imp"),
  median_change("clus1-partial-median", clus, early, late, ~dnum, NULL, NULL),
  median_change("clus1-partial-fpc-median", clus, early, late, ~dnum, NULL, ~fpc),
  median_change("clus1-partial-exact-median", clus, early, late, ~dnum, NULL, NULL, exact = TRUE),
  median_change("clus1-partial-fpc-exact-median", clus, early, late, ~dnum, NULL, ~fpc, exact = TRUE),
  median_change("strat-full-median", strat, all_strat, all_strat, ~snum, ~stype, ~fpc),
  median_change("strat-partial-median", strat, thirds1, thirds2, ~snum, ~stype, ~fpc),
  median_change("strat-partial-domain-median", strat, thirds1, thirds2, ~snum, ~stype, ~fpc, domain = "sch.wide"),
  median_change("strat-partial-exact-median", strat, thirds1, thirds2, ~snum, ~stype, ~fpc, exact = TRUE),
  median_change(
    "strat-partial-domain-exact-median", strat, thirds1, thirds2, ~snum, ~stype, ~fpc, domain = "sch.wide",
    exact = TRUE))
writeLines(c("{", origin, '  "rows": [', paste(lines, collapse = ",\n"), "  ]", "}"), file.path(here, "changes.json"))
