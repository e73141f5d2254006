# models-formulas.json: how R 4.2.2 and survey 4.1-1 read formulas (names and numbers of columns).
#
#   Rscript Tests/Reference/models.R          (2026-11-21)
suppressMessages({ library(survey); library(jsonlite) })
args <- commandArgs(FALSE)
folder <- dirname(sub("--file=", "", args[grep("--file=", args)]))
data <- read.csv(file.path(folder, "data", "apistrat.csv"), stringsAsFactors = TRUE)
design <- svydesign(ids = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = data)
formulas <- c(
  "api00 ~ 1", "api00 ~ stype", "api00 ~ stype - 1", "api00 ~ ell + stype - 1", "api00 ~ stype + awards - 1",
  "api00 ~ stype*awards", "api00 ~ stype:awards", "api00 ~ stype:ell", "api00 ~ ell + stype:ell",
  "api00 ~ (ell + meals)*awards - meals", "api00 ~ ell*meals*mobility",
  "api00 ~ meals + ell + meals:ell + awards", "api00 ~ ell - 1")
one <- function(text, ...) {
  model <- svyglm(as.formula(text), design, ...)
  list(formula = text, names = names(coef(model)), estimate = unname(coef(model)),
       se = unname(sqrt(diag(vcov(model)))), aliased = any(is.na(coef(model, complete = TRUE))))
}
cases <- lapply(formulas, one)
write(toJSON(list(program = paste(R.version.string, "survey", packageVersion("survey")), date = "2026-11-21",
                  cases = cases), digits = 17, auto_unbox = TRUE, pretty = TRUE),
      file.path(folder, "models-formulas.json"))
