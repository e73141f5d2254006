# Weights of a panel: the earlier wave's weight by key, and the response among its members.
#
#     Rscript Tests/Reference/panel.R
#
# writes panel.json beside this script. The earlier wave is apistrat; the later one is invented by a fixed rule: a school
# answered again unless its number ends in 3, 6 or 9, and its rows stand in another order. merge joins them by cds.
script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
here <- dirname(normalizePath(script))
number <- function(x) sprintf("%.17g", x)
list_of <- function(x) paste0("[", paste(number(x), collapse = ","), "]")
first <- read.csv(file.path(here, "data", "apistrat.csv"), colClasses = c(cds = "character"))
first$r <- !(first$snum %% 10 %in% c(3, 6, 9))
later <- first[first$r, c("cds", "snum")]
later <- later[order(later$snum %% 97, later$snum), ]
later$place <- seq_len(nrow(later))
lines <- character()
row <- function(id, w) {
  joined <- merge(later, data.frame(cds = first$cds, w = w), by = "cds")
  joined <- joined[order(joined$place), ]
  lines <<- c(lines, sprintf(
    '    {"id":"%s","keys":[%s],"weights":%s}', id, paste0('"', joined$cds, '"', collapse = ","), list_of(joined$w)))
}
# Cells of type of school and award: weighted rates, then counts.
cell <- interaction(first$stype, first$awards, drop = TRUE)
row("cells", first$pw * (tapply(first$pw, cell, sum) / tapply(first$pw * first$r, cell, sum))[as.character(cell)])
row("cells-counts", first$pw * (tapply(first$pw > 0, cell, sum) / tapply(first$r, cell, sum))[as.character(cell)])
tight <- glm.control(epsilon = 1e-15, maxit = 100)
fit <- suppressWarnings(
  glm(r ~ factor(stype) + factor(awards) + meals, data = first, family = quasibinomial, weights = pw, control = tight))
p <- fitted(fit)
row("propensity", first$pw / p)
order_p <- order(p)
share <- cumsum(first$pw[order_p]) / sum(first$pw)
ends <- sapply(1:4, function(k) p[order_p][which(share >= k / 5 - 1e-12)[1]])
class <- as.character(findInterval(p, ends * (1 + 1e-12), left.open = TRUE))
row("propensity-classes", first$pw * (tapply(first$pw, class, sum) / tapply(first$pw * first$r, class, sum))[class])
origin <- sprintf(
  '  "origin": {"program": "R %s.%s", "call": "glm, merge", "script": "Tests/Reference/panel.R", "date": "2026-11-21"},',
  R.version$major, R.version$minor)
writeLines(c("{", origin, '  "rows": [', paste(lines, collapse = ",\n"), "  ]", "}"), file.path(here, "panel.json"))
