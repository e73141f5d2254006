# Bases of multiple-response sets, and functions of estimates computed by replicate, with the R package survey.
#
#     Rscript Tests/Reference/estimate-options.R
#
# writes estimate-options.json beside this script. Sets: the items of `channels` of the synthetic small-study over all
# mentions (svyratio), and over those with at least one (svymean of a subset). Contrasts: withReplicates evaluates each
# function on every jackknife replicate; its matrix gives the joint Wald test on F(k, df).
suppressMessages(library(survey))

script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
here <- dirname(normalizePath(script))
number <- function(x) sprintf("%.17g", x)
list_of <- function(x) paste0("[", paste(number(x), collapse = ", "), "]")

people <- read.csv(file.path(here, "..", "CommandTests", "Fixtures", "small-study", "wave.csv"))
items <- paste0("chan_", 1:4)
people$mentions <- rowSums(people[items])
answered <- !is.na(people$mentions)
design <- svydesign(ids = ~psu, strata = ~region, weights = ~weight, data = people)
mentions <- lapply(items, function(item) {
  svyratio(as.formula(paste("~", item)), ~mentions, subset(design, answered))
})
some <- subset(design, answered & people$mentions > 0)
any <- lapply(items, function(item) svymean(as.formula(paste("~", item)), some))

clus <- read.csv(file.path(here, "data", "apiclus1.csv"))
jackknife <- as.svrepdesign(svydesign(ids = ~dnum, weights = ~pw, data = clus), type = "JK1")
contrasts <- withReplicates(jackknife, function(w, data) {
  share <- sum(w * (data$awards == "Yes")) / sum(w)
  c(sum(w * data$api00) / sum(w * data$api99), log(share / (1 - share)),
    (sum(w * data$api00) / sum(w))^2 / (sum(w * data$api99) / sum(w)))
})
deltas <- svycontrast(svymean(~api00 + api99, jackknife), list(quote(api00 / api99)))
g <- as.numeric(coef(contrasts))
v <- as.matrix(vcov(contrasts))
wald <- as.numeric(t(g) %*% solve(v, g)) / 3
writeLines(c(
  "{",
  sprintf('  "origin": {"program": "R %s.%s, survey %s", "script": "Tests/Reference/estimate-options.R", "date": "2026-11-21"},',
    R.version$major, R.version$minor, packageVersion("survey")),
  sprintf('  "mentions": {"estimate": %s, "se": %s},', list_of(sapply(mentions, coef)), list_of(sapply(mentions, SE))),
  sprintf('  "any": {"estimate": %s, "se": %s},', list_of(sapply(any, coef)), list_of(sapply(any, SE))),
  sprintf('  "contrasts": {"estimate": %s, "se": %s, "f": %s, "df": %d},', list_of(g), list_of(sqrt(diag(v))), number(wald),
    degf(jackknife)),
  sprintf('  "linearised_ratio_se": %s', number(as.numeric(SE(deltas)))), "}"), file.path(here, "estimate-options.json"))
