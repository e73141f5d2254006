# Tests and contrasts that the collection does not hold.
# R 4.2.2, packages survey 4.1-1 and jsonlite; Rscript Tests/Reference/hypotheses.R (2026-11-21)
suppressMessages({library(survey); library(jsonlite)})
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
read <- function(name) read.csv(file.path(folder, "data", paste0(name, ".csv")), stringsAsFactors = TRUE)
strat <- svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = read("apistrat"))
clus <- svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = read("apiclus1"))
waves <- svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = read("apiclus1_waves"))

p <- c(0.031, 0.0004, 0.2, 0.012, 0.012, 0.9)
adjusted <- sapply(c("holm", "BH", "bonferroni"), function(m) p.adjust(p, m), simplify = FALSE)

# One sample against a value; svyttest tests against 0 only.
value <- svyttest(I(api00 - 650) ~ 0, clus)
# The same people twice.
paired <- svyttest(I(api00 - api99) ~ 0, strat)

# All pairs of groups, t on the degrees of freedom of the design less 1.
means <- svyby(~api00, ~stype, clus, svymean, covmat = TRUE)
pairs <- svycontrast(means, list(HE = c(E = -1, H = 1, M = 0), ME = c(E = -1, H = 0, M = 1), MH = c(E = 0, H = -1, M = 1)))
nu <- degf(clus) - 1
t <- coef(pairs) / SE(pairs)
pairP <- 2 * pt(-abs(t), nu)

# A slope over two waves, and over the three levels of a number.
slope <- svycontrast(svyby(~y, ~wave, waves, svymean, covmat = TRUE), c(-1, 1))
strat$variables$level <- as.integer(strat$variables$stype)
byLevel <- svyby(~api00, ~level, strat, svymean, covmat = TRUE)
x <- 1:3 - 2
trend <- svycontrast(byLevel, x / sum(x^2))
trendT <- coef(trend) / SE(trend)
trendP <- 2 * pt(-abs(trendT), degf(strat) - 1)

# Several contrasts together.
total <- svymean(~api00 + api99 + meals, strat)
L <- svycontrast(total, list(a = quote(api00 / api99), b = quote(log(meals))))
null <- coef(L)
V <- vcov(L)
joint <- as.numeric(t(null) %*% solve(V) %*% null / 2)
ratio <- svycontrast(total, quote(api00 / api99))
g <- as.numeric(coef(ratio)); e <- as.numeric(SE(ratio))
q <- qt(0.975, degf(strat))
fields <- function(test) list(t = as.numeric(test$statistic), df = as.numeric(test$parameter),
    estimate = as.numeric(test$estimate), p = as.numeric(test$p.value), low = test$conf.int[1], high = test$conf.int[2])
out <- list(
    program = paste("R", getRversion(), "survey", packageVersion("survey")), date = "2026-11-21",
    p = p, adjusted = adjusted, value = fields(value), paired = fields(paired),
    pairs = list(estimate = as.numeric(coef(pairs)), se = as.numeric(SE(pairs)), t = as.numeric(t), df = nu,
        p = as.numeric(pairP), holm = p.adjust(as.numeric(pairP), "holm")),
    waves = list(estimate = as.numeric(coef(slope)), se = as.numeric(SE(slope))),
    trend = list(estimate = as.numeric(coef(trend)), se = as.numeric(SE(trend)), t = as.numeric(trendT),
        p = as.numeric(trendP)),
    joint = list(f = joint, df1 = 2, df2 = degf(strat), p = pf(joint, 2, degf(strat), lower.tail = FALSE)),
    log = list(estimate = g, low = exp(log(g) - q * e / g), high = exp(log(g) + q * e / g),
        t = log(g) / (e / g), p = 2 * pt(-abs(log(g) / (e / g)), degf(strat))))
write_json(out, file.path(folder, "hypotheses.json"), digits = NA, auto_unbox = TRUE, pretty = TRUE)
