# Reference numbers for the synthetic study Tests/CommandTests/Fixtures/small-study, made with the R package survey.
#
#     Rscript Tests/Reference/small-study.R
#
# writes small-study.json beside this script: each indicator of its indicators.yaml, over its base and by its breakdowns.
# The study is tiny (120 people, 12 PSUs), so it also shows what happens at few degrees of freedom.
# Definitions as in envipe.R: domains by subset(), df = degf() of the domain before missing answers are set aside, share
# intervals xlogit, other intervals estimate ± t(df)·se. A domain is what `where`, the breakdown and the routing of the base's
# question say; who has a y is then a matter of the base: `asked` puts don't know and refused into it with y = 0.

suppressPackageStartupMessages({
  library(survey)
  library(jsonlite)
})
options(survey.lonely.psu = "fail", survey.adjust.domain.lonely = FALSE)

script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
here <- dirname(normalizePath(script))
people <- read.csv(file.path(here, "..", "CommandTests", "Fixtures", "small-study", "wave.csv"), colClasses = "character")
stopifnot(nrow(people) == 120)

known <- function(column, ...) {
  value <- people[[column]]
  as.numeric(ifelse(value == "" | value %in% c(...), NA, value))
}
people$weight <- known("weight")
people$age <- known("age")
people$income <- known("income", "998", "999")
people$amount <- known("amount")
people$trust <- known("trust", "97", "98")
people$per_head <- people$income / known("members")
people$contact_share <- as.numeric(people$contact == "1")
people$paid_share <- ifelse(people$contact == "1", as.numeric(people$gave == "1"), NA)  # base: asked gave
people$knows_website <- ifelse(people$chan_2 == "", NA, as.numeric(people$chan_2 == "1"))
people$age_group <- as.character(cut(people$age, c(-Inf, 30, 45, 60, Inf), c("m29", "30-44", "45-59", "60+"), right = FALSE))
design <- svydesign(ids = ~psu, strata = ~region, weights = ~weight, data = people)

row_of <- function(indicator, kind, variable, by, where, asked) {
  inside <- where & asked
  for (name in names(by)) inside <- inside & people[[name]] == by[[name]]
  domain <- subset(design, inside)
  df <- degf(domain)
  if (kind == "ratio") {
    # base: answered amount; income must be known too
    both <- !is.na(domain$variables$amount) & !is.na(domain$variables$income)
    result <- svyratio(~amount, ~income, subset(domain, both))
    y <- ifelse(both, 1, NA)
  } else {
    result <- svymean(as.formula(paste("~", variable)), domain, na.rm = TRUE)
    y <- domain$variables[[variable]]
  }
  estimate <- as.numeric(coef(result))
  se <- as.numeric(SE(result))
  edge <- kind == "share" && (estimate == 0 || estimate == 1)
  limits <- function(df) {
    if (df < 1 || edge) return(c(NA, NA))
    if (kind != "share") return(estimate + c(-1, 1) * qt(0.975, df) * se)
    as.numeric(attr(svyciprop(as.formula(paste("~", variable)), domain, method = "xlogit", df = df, na.rm = TRUE), "ci"))
  }
  ci <- limits(df)
  list(
    indicator = indicator, statistic = kind, by = by, estimate = estimate, se = se, ci_low = ci[1], ci_high = ci[2],
    df = df, n = if (kind == "share") sum(y == 1, na.rm = TRUE) else sum(!is.na(y)), n_base = sum(!is.na(y)),
    psus = length(unique(domain$cluster[, 1])), sum_weights = sum(weights(domain)[!is.na(y)]))
}

nothing <- setNames(list(), character())
sex <- lapply(c("1", "2"), function(code) list(sex = code))
region <- lapply(c("01", "02", "03"), function(code) list(region = code))
age_group <- lapply(c("m29", "30-44", "45-59", "60+"), function(code) list(age_group = code))
crossed <- unlist(lapply(sex, function(s) lapply(region, function(r) c(s, r))), recursive = FALSE)
everyone <- rep(TRUE, nrow(people))
plan <- list(
  list("contact_share", "share", "contact_share", c(list(nothing), sex, age_group, region, crossed), everyone),
  list("paid_share", "share", "paid_share", c(list(nothing), sex, region), everyone, people$contact == "1"),
  list("knows_website", "share", "knows_website", list(nothing), people$age >= 30 & people$region %in% c("01", "02")),
  list("trust_mean", "mean", "trust", c(list(nothing), region), everyone),
  list("income_mean", "mean", "per_head", c(list(nothing), sex), everyone),
  list("burden", "ratio", "amount/income", list(nothing), everyone, people$contact == "1" & people$gave == "1"))
rows <- list()
for (item in plan) {
  asked <- if (length(item) == 6) item[[6]] else everyone
  for (by in item[[4]]) rows[[length(rows) + 1]] <- row_of(item[[1]], item[[2]], item[[3]], by, item[[5]], asked)
}

number <- function(value) if (is.na(value)) "null" else sprintf("%.17g", value)
text <- function(value) as.character(toJSON(value, auto_unbox = TRUE))
as_line <- function(row) {
  fields <- vapply(names(row), function(name) {
    value <- row[[name]]
    written <- if (name == "by") {
      if (length(value) == 0) "{}" else text(value)
    } else if (is.character(value)) text(value) else number(value)
    paste0(text(name), ":", written)
  }, "")
  paste0("    {", paste(fields, collapse = ","), "}")
}
origin <- list(
  program = paste("R", paste(R.version$major, R.version$minor, sep = ".")),
  packages = list(survey = as.character(packageVersion("survey")), jsonlite = as.character(packageVersion("jsonlite"))),
  call = "svydesign(ids = ~psu, strata = ~region, weights = ~weight, data = people)",
  share = "svymean(~y, domain, na.rm = TRUE); svyciprop(~y, domain, method = \"xlogit\", df = degf(domain), na.rm = TRUE)",
  mean = "svymean(~y, domain, na.rm = TRUE); estimate ± qt(0.975, degf(domain)) · se",
  ratio = "svyratio(~amount, ~income, rows where both are known); estimate ± qt(0.975, degf(domain)) · se",
  options = "survey.lonely.psu = \"fail\", survey.adjust.domain.lonely = FALSE",
  data = "Tests/CommandTests/Fixtures/small-study/wave.csv (synthetic)",
  script = "Tests/Reference/small-study.R",
  date = "2026-11-21",
  tolerance = 1e-9)
lines <- vapply(rows, as_line, "")
writeLines(
  c(
    "{", paste0("  \"origin\": ", gsub("\n", "\n  ", toJSON(origin, auto_unbox = TRUE, pretty = TRUE, digits = I(17))), ","),
    "  \"rows\": [", paste(lines, collapse = ",\n"), "  ]", "}"),
  file.path(here, "small-study.json"), useBytes = TRUE)
cat(length(rows), "rows written\n")
