# Sizes and selection probabilities for the plan of a sample, with base R and the package sampling (Debian: r-cran-sampling).
#
#     Rscript Tests/Reference/sampling.R
#
# writes sampling.json beside this script: power.prop.test (stats) for the change of a share; inclusionprobabilities and
# UPsampfordpi2 (sampling 2.9) for selection by size. The sizes are invented.
suppressMessages(library(sampling))
script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
here <- dirname(normalizePath(script))
number <- function(x) sprintf("%.17g", x)
vector <- function(x) paste0("[", paste(number(x), collapse = ","), "]")
square <- function(m) paste0("[", paste(apply(m, 1, vector), collapse = ","), "]")

changes <- list()
for (pair in list(c(0.5, 0.75), c(0.2, 0.25), c(0.05, 0.03), c(0.9, 0.85), c(0.61, 0.6)))
  for (power in c(0.8, 0.9)) for (level in c(0.95, 0.99)) for (side in c("two.sided", "one.sided")) {
    size <- power.prop.test(
      p1 = pair[1], p2 = pair[2], power = power, sig.level = 1 - level, alternative = side, tol = 1e-12)$n
    own <- power.prop.test(n = 700, p1 = pair[1], p2 = pair[2], sig.level = 1 - level, alternative = side)$power
    changes <- c(changes, sprintf(
      '{"from":%s,"to":%s,"power":%s,"level":%s,"one_sided":%s,"n":%s,"power_of_700":%s}', number(pair[1]),
      number(pair[2]), number(power), number(level), if (side == "one.sided") "true" else "false", number(size),
      number(own)))
  }

sizes <- list(
  small = list(x = c(12, 5, 7, 3, 9, 4), n = 3),
  certain = list(x = c(100, 2, 3, 40, 5, 6, 1, 30, 2, 9), n = 4),
  even = list(x = rep(1, 8), n = 3),
  steep = list(x = c(1, 2, 4, 8, 16, 32, 64), n = 2),
  towns = list(x = c(211, 38, 77, 54, 120, 18, 93, 66, 45, 29, 84, 51, 33, 72, 60), n = 6))
draws <- lapply(names(sizes), function(name) {
  case <- sizes[[name]]
  pik <- inclusionprobabilities(case$x, case$n)
  open <- pik < 1
  pairs <- matrix(0, sum(open), sum(open))
  if (sum(pik[open]) > 1.5) pairs <- UPsampfordpi2(pik[open])
  sprintf(
    '{"name":"%s","sizes":%s,"n":%d,"probabilities":%s,"pairs":%s}', name, vector(case$x), case$n, vector(pik),
    square(pairs))
})
version <- paste("R", getRversion(), "sampling", packageVersion("sampling"))
writeLines(c(
  sprintf('{"program":"%s","date":"2026-11-21",', version),
  '"changes":[', paste(unlist(changes), collapse = ",\n"), '],',
  '"draws":[', paste(unlist(draws), collapse = ",\n"), ']}'), file.path(here, "sampling.json"))
