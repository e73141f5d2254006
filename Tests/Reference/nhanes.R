# Shares of HI_CHOL (high cholesterol) in NHANES 2009-10, by race and by race and sex, with R survey.
#
#     Rscript nhanes.R > nhanes.json        (in this folder; run with R 4.2.2, survey 4.1-1 on 2026-11-21)
#
# Intervals: svyciprop(method = "xlogit") with the degrees of freedom of the domain, missing answers counted in.
suppressMessages(library(survey))

rows <- read.csv("data/nhanes_0910_hichol.csv")
design <- svydesign(ids = ~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE, data = rows)

number <- function(x) if (is.na(x)) "null" else sprintf("%.17g", x)

estimate <- function(label, domain) {
  part <- design[domain, ]
  freedom <- degf(part)
  answered <- part[!is.na(part$variables$HI_CHOL), ]
  share <- svymean(~HI_CHOL, answered)
  deff <- svymean(~HI_CHOL, answered, deff = TRUE)
  interval <- attr(svyciprop(~HI_CHOL, answered, method = "xlogit", df = freedom), "ci")
  sprintf(
    '  {"by":{%s},"n":%d,"n_base":%d,"psus":%d,"df":%d,"estimate":%s,"se":%s,"ci_low":%s,"ci_high":%s,"deff":%s,"sum_weights":%s}',
    label, sum(answered$variables$HI_CHOL == 1), nrow(answered$variables),
    nrow(unique(answered$variables[, c("SDMVSTRA", "SDMVPSU")])), freedom, number(coef(share)), number(SE(share)),
    number(interval[1]), number(interval[2]), number(as.numeric(deff(deff))), number(sum(weights(answered))))
}

lines <- estimate("", rep(TRUE, nrow(rows)))
for (race in sort(unique(rows$race))) {
  lines <- c(lines, estimate(sprintf('"race":"%d"', race), rows$race == race))
}
for (race in sort(unique(rows$race))) for (sex in sort(unique(rows$RIAGENDR))) {
  label <- sprintf('"race":"%d","RIAGENDR":"%d"', race, sex)
  lines <- c(lines, estimate(label, rows$race == race & rows$RIAGENDR == sex))
}

# The same by svyby, whose rows share the degrees of freedom of the whole design.
answered <- design[!is.na(rows$HI_CHOL), ]
by <- svyby(~HI_CHOL, ~race, answered, svymean, covmat = TRUE)
covariance <- apply(vcov(by), 1, function(row) paste0("[", paste(vapply(row, number, ""), collapse = ","), "]"))
within <- confint(by, df = degf(design))

cat(sprintf(
  '{"program":"%s, survey %s","date":"2026-11-21","data":"data/nhanes_0910_hichol.csv","tolerance_rel":1e-9,\n',
  R.version.string, packageVersion("survey")))
cat('"design":{"strata":"SDMVSTRA","psu":"SDMVPSU","weight":"WTMEC2YR","nest":true},\n"rows":[\n')
cat(paste(lines, collapse = ",\n"))
cat(sprintf(
  '\n],\n"svyby":{"estimate":[%s],"se":[%s],"vcov":[%s],"df":%d,"ci_low":[%s],"ci_high":[%s]}}\n',
  paste(vapply(coef(by), number, ""), collapse = ","), paste(vapply(SE(by), number, ""), collapse = ","),
  paste(covariance, collapse = ","), degf(design), paste(vapply(within[, 1], number, ""), collapse = ","),
  paste(vapply(within[, 2], number, ""), collapse = ",")))
