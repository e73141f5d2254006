# List experiments with two lists, a triangular and an anchored crosswise question: R survey's svyby and svycontrast.
# Rscript Tests/Reference/sensitive-more.R
suppressPackageStartupMessages(library(survey))
data <- read.csv("Tests/Reference/data/apiclus1_sensitive.csv")
# Answers by fixed rules, invented for testing.
k <- seq_len(nrow(data))
data$arm <- ifelse(k %% 2 == 0, 2, 1)
data$a <- (k * 7) %% 4 + ifelse(data$arm == 1 & k %% 3 == 0, 1, 0)
data$b <- (k * 5) %% 4 + ifelse(data$arm == 2 & k %% 3 == 0, 1, 0)
data$same <- as.numeric((k * 11) %% 9 < 6)
data$anchor <- as.numeric((k * 13) %% 10 < 7)
design <- svydesign(ids = ~dnum, weights = ~pw, fpc = ~fpc, data = data)
arms <- svyby(~a + b, ~arm, design, svymean, covmat = TRUE)
V <- vcov(arms)
m <- coef(arms)
# coef order: 1:a, 2:a, 1:b, 2:b
first <- c(1, -1, 0, 0); second <- c(0, 0, -1, 1)
half <- (first + second) / 2
v11 <- drop(first %*% V %*% first); v22 <- drop(second %*% V %*% second); v12 <- drop(first %*% V %*% second)
share <- (v22 - v12) / (v11 + v22 - 2 * v12)
best <- share * first + (1 - share) * second
both <- svymean(~same + anchor, design)
anchored <- svycontrast(both, quote(0.5 + (same - 0.5) / (((anchor - 0.5) / (0.5 - 0.2)) * (2 * 0.3 - 1))))
triangular <- svycontrast(svymean(~same, design), quote((same - 0.25) / 0.75))
row <- function(id, value, se) sprintf('  {"id": "%s", "estimate": %.17g, "se": %.17g}', id, value, se)
number <- function(x) sprintf("%.17g", x)
cat('{"program": "R 4.2.2, survey 4.1-1, sensitive-more.R", "date": "2026-11-21", "rows": [\n',
    paste(c(row("double", sum(half * m), sqrt(drop(half %*% V %*% half))),
            row("optimal", sum(best * m), sqrt(drop(best %*% V %*% best))),
            row("anchored", coef(anchored), SE(anchored)),
            row("triangular", coef(triangular), SE(triangular))), collapse = ",\n"),
    '\n], "share": ', number(share), "}\n", sep = "", file = "Tests/Reference/sensitive-more.json")
