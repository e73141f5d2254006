# Variances after raking by regression on all margins, and after several steps, with the R package survey.
#
#     Rscript Tests/Reference/calibration.R
#
# writes calibration.json beside this script. calibrate(calfun = "raking") gives the weights of raking and takes residuals of
# the regression on all margins with base weights. Steps are done in the order given; totals are invented.
suppressMessages(library(survey))
options(survey.lonely.psu = "fail")

script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
here <- dirname(normalizePath(script))
read <- function(name) {
  rows <- read.csv(file.path(here, "data", name))
  for (column in c("stype", "sch.wide", "awards", "comp.imp")) rows[[column]] <- factor(rows[[column]])
  rows
}
number <- function(x) if (is.na(x)) "null" else sprintf("%.17g", x)

totals <- list(
  stype = c(E = 4421, H = 755, M = 1018), sch.wide = c(No = 1072, Yes = 5122), awards = c(No = 2027, Yes = 4167),
  comp.imp = c(No = 1500, Yes = 4694))
raked <- function(design, names) {
  population <- unlist(lapply(seq_along(names), function(i) {
    own <- totals[[names[i]]]
    if (i == 1) c("(Intercept)" = sum(own), setNames(own[-1], paste0(names[1], names(own)[-1]))) else
      setNames(own[-1], paste0(names[i], names(own)[-1]))
  }))
  calibrate(
    design, as.formula(paste("~", paste(names, collapse = "+"))), population, calfun = "raking", epsilon = 1e-13,
    maxit = 200)
}
stratified <- function(design, name) {
  population <- data.frame(names(totals[[name]]), Freq = as.numeric(totals[[name]]))
  names(population)[1] <- name
  population[[name]] <- factor(population[[name]], levels = levels(design$variables[[name]]))
  postStratify(design, as.formula(paste("~", name)), population)
}
clus <- svydesign(ids = ~dnum, weights = ~pw, data = read("apiclus1.csv"))
strat <- svydesign(ids = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = read("apistrat.csv"))
cases <- list(
  list(id = "clus-rake-2", data = "apiclus1", steps = "rake:stype,sch.wide", design = raked(clus, c("stype", "sch.wide"))),
  list(
    id = "strat-rake-3", data = "apistrat", steps = "rake:stype,sch.wide,awards",
    design = raked(strat, c("stype", "sch.wide", "awards"))),
  list(
    id = "strat-ps-rake", data = "apistrat", steps = "poststratify:comp.imp;rake:sch.wide,awards",
    design = raked(stratified(strat, "comp.imp"), c("sch.wide", "awards"))),
  list(
    id = "clus-rake-ps", data = "apiclus1", steps = "rake:stype,sch.wide;poststratify:comp.imp",
    design = stratified(raked(clus, c("stype", "sch.wide")), "comp.imp")),
  list(
    id = "clus-rake-rake-ps", data = "apiclus1", steps = "rake:stype,sch.wide;rake:awards,comp.imp;poststratify:stype",
    design = stratified(raked(raked(clus, c("stype", "sch.wide")), c("awards", "comp.imp")), "stype")))
row <- function(case, statistic, domain, result) {
  sprintf(
    '    {"id":"%s","data":"%s","steps":"%s","statistic":"%s","domain":"%s","estimate":%s,"se":%s}', case$id, case$data,
    case$steps, statistic, domain, number(as.numeric(coef(result))), number(as.numeric(SE(result))))
}
lines <- character()
for (case in cases) {
  for (domain in c("", "comp.imp")) {
    inside <- if (domain == "") case$design else subset(case$design, comp.imp == "Yes")
    lines <- c(
      lines, row(case, "mean", domain, svymean(~api00, inside)), row(case, "total", domain, svytotal(~api00, inside)),
      row(case, "ratio", domain, svyratio(~meals, ~api00, inside)))
  }
}
origin <- sprintf(
  '  "origin": {"program": "R %s.%s, survey %s", "script": "Tests/Reference/calibration.R", "date": "2026-11-21"},',
  R.version$major, R.version$minor, packageVersion("survey"))
writeLines(c("{", origin, '  "rows": [', paste(lines, collapse = ",\n"), "  ]", "}"), file.path(here, "calibration.json"))
