# Quantiles and tails of the distributions that SurveyMath takes from GSL.
#
#     Rscript distributions.R > distributions.json        (R 4.2.2, run on 2026-11-21)
number <- function(x) sprintf("%.17g", x)
lines <- c()
add <- function(name, arguments, value) {
  lines <<- c(lines, sprintf(
    ' {"function":"%s","arguments":[%s],"value":%s}', name, paste(vapply(arguments, number, ""), collapse = ","), number(value)))
}
for (p in c(0.005, 0.025, 0.5, 0.9, 0.975, 0.9995)) {
  add("normal.quantile", p, qnorm(p))
  for (df in c(1, 2, 5.5, 16, 812, 1e6)) add("t.quantile", c(p, df), qt(p, df))
  for (a in c(0.3, 2, 47.1, 9000)) for (b in c(1, 12.5, 1830)) add("beta.quantile", c(p, a, b), qbeta(p, a, b))
}
for (x in c(-2, 0, 1.5, 12)) {
  add("normal.tail", x, pnorm(x, lower.tail = FALSE))
  for (df in c(1, 16, 812)) add("t.tail", c(x, df), pt(x, df, lower.tail = FALSE))
}
for (f in c(0.1, 1, 4.5, 60)) for (a in c(1, 4.7)) for (b in c(16, 812)) add("f.tail", c(f, a, b), pf(f, a, b, lower.tail = FALSE))
cat(sprintf('{"program":"%s","date":"2026-11-21","tolerance_rel":1e-9,"cases":[\n', R.version.string))
cat(paste(lines, collapse = ",\n"), "\n]}\n")
