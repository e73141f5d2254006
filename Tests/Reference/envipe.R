# Reference numbers for Datasets/envipe-morelos, made with the R package survey.
#
#     Rscript Tests/Reference/envipe.R          (from any folder; needs the packages survey and jsonlite)
#
# writes envipe.json beside this script. For each of the five waves, for each of the eleven personal crimes and for
# "any of the eleven", over everyone and by SEXO and by age_group:
#
#   estimate, se       svymean of (answer is 1) over the rows that answered 1 or 2
#   ci_low, ci_high    svyciprop(method = "xlogit"), 95 %; null where the share is 0 or 1 (no logit there)
#   df                 degf() of the design of the domain, BEFORE rows without an answer are set aside
#   df_base, ci_low_base, ci_high_base
#                      the same, counted over the n_base rows only (what df is where the base stands as a domain, as in
#                      `base: answered victim_any`); 24 of the 420 rows differ, by one or two degrees of freedom
#   n, n_base          rows with answer 1; rows with answer 1 or 2
#   psus               PSUs with a row of the domain, answered or not
#   sum_weights        sum of the weights of the n_base rows
#   deff               design effect against simple random sampling without replacement (null at 0 and 1)
#
# Three decisions that move digits, and that Saual shares:
#   1. A domain is subset(design, …), never a filtered table: PSUs outside the domain stay in the variance.
#   2. A missing answer (code 9) is a domain as well: na.rm = TRUE keeps its PSU and stratum.
#   3. The degrees of freedom of a `by` row are those of its domain, not of the whole sample, and are counted before
#      missing answers are taken out.

suppressPackageStartupMessages({
  library(survey)
  library(jsonlite)
})
options(survey.lonely.psu = "fail")  # no stratum of any year has a single PSU; if one had, this would stop here
options(survey.adjust.domain.lonely = FALSE)

script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
here <- dirname(normalizePath(script))
csv <- file.path(here, "..", "..", "Datasets", "envipe-morelos", "data", "envipe_morelos_2021_2025.csv")
people <- read.csv(csv, colClasses = "character", encoding = "UTF-8")
stopifnot(nrow(people) == 13185)

# Variables, as in Datasets/envipe-morelos/questionnaire.yaml ----------------------------------------------------

people$FAC_ELE <- as.numeric(people$FAC_ELE)
crimes <- sprintf("AP7_3_%02d", 5:15)
answers <- sapply(people[crimes], function(code) ifelse(code == "1", 1, ifelse(code == "2", 0, NA)))
for (crime in crimes) people[[crime]] <- answers[, crime]

# victim_any: 1 if any answer is yes; 0 if all eleven are no; otherwise not known.
people$victim_any <- ifelse(rowSums(answers == 1, na.rm = TRUE) > 0, 1, ifelse(rowSums(is.na(answers)) == 0, 0, NA))

# age_group: cut of EDAD at 30, 45, 60; 98 means that the age is not known.
age <- as.integer(people$EDAD)
age[age == 98] <- NA
people$age_group <- as.character(cut(age, c(-Inf, 30, 45, 60, Inf), c("m29", "30-44", "45-59", "60+"), right = FALSE))

measures <- c(setNames(crimes, sub("AP7_3_", "victim_", crimes)), victim_any = "victim_any")
domains <- c(
  list(list()),
  lapply(c("1", "2"), function(code) list(SEXO = code)),
  lapply(c("m29", "30-44", "45-59", "60+"), function(code) list(age_group = code)))

# Estimates ------------------------------------------------------------------------------------------------------

row_of <- function(year, design, indicator, by) {
  variable <- measures[[indicator]]
  domain <- design
  if (length(by) > 0) {
    inside <- design$variables[[names(by)]] %in% by[[1]]  # %in% so that NA is outside
    domain <- subset(design, inside)
  }
  y <- domain$variables[[variable]]
  formula <- as.formula(paste("~", variable))
  mean <- svymean(formula, domain, na.rm = TRUE, deff = TRUE)
  share <- as.numeric(coef(mean))
  edge <- share == 0 || share == 1
  df_base <- degf(subset(domain, !is.na(y)))
  limits <- function(df) {
    if (edge) return(c(NA, NA))
    interval <- svyciprop(formula, domain, method = "xlogit", level = 0.95, df = df, na.rm = TRUE)
    stopifnot(all.equal(as.numeric(interval), share, tolerance = 1e-14))
    as.numeric(attr(interval, "ci"))
  }
  ci <- limits(degf(domain))
  ci_base <- limits(df_base)
  list(
    wave = year, indicator = indicator, variable = variable,
    by = if (length(by) > 0) by else setNames(list(), character()),
    estimate = share, se = as.numeric(SE(mean)), ci_low = ci[1], ci_high = ci[2], df = degf(domain),
    df_base = df_base, ci_low_base = ci_base[1], ci_high_base = ci_base[2],
    n = sum(y == 1, na.rm = TRUE), n_base = sum(!is.na(y)), psus = length(unique(domain$cluster[, 1])),
    sum_weights = sum(weights(domain)[!is.na(y)]), deff = if (edge) NA else as.numeric(deff(mean)))
}

rows <- list()
for (year in sort(unique(people$ANIO_ESTADISTICO))) {
  wave <- people[people$ANIO_ESTADISTICO == year, ]
  design <- svydesign(ids = ~UPM_DIS, strata = ~EST_DIS, weights = ~FAC_ELE, data = wave)
  for (indicator in names(measures)) {
    for (by in domains) rows[[length(rows) + 1]] <- row_of(year, design, indicator, by)
  }
}

# Output ---------------------------------------------------------------------------------------------------------

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
  call = "svydesign(ids = ~UPM_DIS, strata = ~EST_DIS, weights = ~FAC_ELE, data = wave), one design per ANIO_ESTADISTICO",
  estimate = "svymean(~y, domain, na.rm = TRUE, deff = TRUE) with y = 1 for answer 1, 0 for answer 2, NA for 9",
  interval = "svyciprop(~y, domain, method = \"xlogit\", level = 0.95, df = degf(domain), na.rm = TRUE)",
  domain = "subset(design, …); degf counted before missing answers are set aside",
  options = "survey.lonely.psu = \"fail\", survey.adjust.domain.lonely = FALSE",
  data = "Datasets/envipe-morelos/data/envipe_morelos_2021_2025.csv",
  sha256 = "795fb07e5f58d9efc2747e14aa3ecdfbeff187e3401211fe982a5234dccf3b38",
  script = "Tests/Reference/envipe.R",
  date = "2026-11-21",
  tolerance = 1e-9)
lines <- vapply(rows, as_line, "")
writeLines(
  c(
    "{", paste0("  \"origin\": ", gsub("\n", "\n  ", toJSON(origin, auto_unbox = TRUE, pretty = TRUE, digits = I(17))), ","),
    "  \"rows\": [", paste(lines, collapse = ",\n"), "  ]", "}"),
  file.path(here, "envipe.json"), useBytes = TRUE)
cat(length(rows), "rows written\n")
