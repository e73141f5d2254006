# Reference numbers for the synthetic study Tests/CommandTests/Fixtures/contacts-study, made with the R package survey.
#
#     Rscript Tests/Reference/contacts-study.R
#
# writes contacts-study.json beside this script: families, bounds, composites and changes of its indicators.yaml.
# Every figure is Σ c · Σwy/Σwx over its parts. Its error is that of svycontrast (delta method) on the joint svytotal of all
# numerators and denominators, so parts with different bases keep their covariance. df = PSUs − strata among the rows of any
# part's base, before missing answers are set aside; intervals: shares svyciprop xlogit, all others estimate ± t(df) · se.
# Changes: `shared` takes both waves as one sample with the same PSUs (totals by wave), `independent` adds the variances.

suppressPackageStartupMessages({
  library(survey)
  library(jsonlite)
})
options(survey.lonely.psu = "fail")

script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
here <- dirname(normalizePath(script))
read_wave <- function(year) {
  file <- file.path(here, "..", "CommandTests", "Fixtures", "contacts-study", paste0("wave-", year, ".csv"))
  people <- read.csv(file, colClasses = "character")
  people$weight <- as.numeric(people$weight)
  people$wave <- year
  people
}
people <- rbind(read_wave("2022"), read_wave("2023"))
stopifnot(nrow(people) == 480)
offices <- c("01", "02", "03")
answer <- function(name) ifelse(people[[name]] %in% c("", "98", "99"), NA, people[[name]])
true <- function(x) !is.na(x) & x

con <- sapply(offices, function(o) people[[paste0("con_", o)]] == "1")
gave <- sapply(offices, function(o) answer(paste0("gave_", o)) == "1")
asked <- sapply(offices, function(o) answer(paste0("asked_", o)) == "1")
bribe <- gave | asked                      # R's | is three-valued, as the expression language is
any_con <- rowSums(con) > 0
by_office <- con & bribe
experience <- ifelse(rowSums(true(by_office)) > 0, TRUE, ifelse(rowSums(is.na(by_office)) > 0, NA, FALSE))
report <- answer("ready_report")
report_asked <- people$sex == "1" | con[, "01"]
part <- answer("ready_part")
all <- rep(TRUE, nrow(people))
spent <- as.numeric(people$spent)

# A part: numerator and denominator by row, and the rows that were in the base before missing answers were set aside.
share <- function(y, base, kind = "share") list(num = as.numeric(true(y) & base), den = as.numeric(base), domain = base, kind = kind)
known <- function(y, base) { part <- share(y, base & !is.na(y)); part$domain <- base; part }
ratio <- function(y, x, base) list(num = y * base, den = x * base, domain = base, kind = "ratio")
one <- function(part) list(parts = list(part), coefficients = 1)

figures <- list(
  bribery = one(known(experience, any_con)),
  spent_mean = one({ m <- share(!is.na(spent), !is.na(spent), "mean"); m$num <- ifelse(is.na(spent), 0, spent); m$domain <- all; m }))
bounds <- list(bribery = list(low = one(share(experience, any_con)), high = one(share(is.na(experience) | experience, any_con))))
for (o in offices) {
  figures[[paste0("contact_at[", o, "]")]] <- one(share(con[, o], all))
  id <- paste0("bribe_at[", o, "]")
  figures[[id]] <- one(share(bribe[, o], con[, o]))
  bounds[[id]] <- list(low = one(share(bribe[, o], con[, o])), high = one(share(is.na(bribe[, o]) | bribe[, o], con[, o])))
}
for (k in 1:3) figures[[paste0("cause[", k, "]")]] <- one(share(people[[paste0("cause_", k)]] == "1", all))
for (k in 1:4) {
  id <- paste0("readiness[", k, "]")
  figures[[id]] <- one(known(report == k, report_asked))
  bounds[[id]] <- list(low = one(share(report == k, report_asked)), high = one(share(is.na(report) | report == k, report_asked)))
}
any_asked <- rowSums(true(asked)) > 0
any_gave <- rowSums(true(gave)) > 0
figures[["experience[contact]"]] <- figures[["step[contact]"]] <- one(share(any_con, all))
figures[["experience[asked]"]] <- figures[["step[asked]"]] <- one(share(any_asked, any_con))
figures[["experience[paid]"]] <- one(share(any_asked & any_gave, any_con))
figures[["step[paid]"]] <- one(share(any_gave, any_con & any_asked))
contacts <- rowSums(con)
figures[["per_contact[contact]"]] <- one(ratio(contacts, rep(3, nrow(people)), all))
figures[["per_contact[asked]"]] <- one(ratio(rowSums(con & true(asked)), contacts, all))
figures[["per_contact[paid]"]] <- one(ratio(rowSums(con & true(asked) & true(gave)), contacts, all))
figures$ready_to_take_part <- one(share(part %in% c("1", "2"), all))
figures$ready_to_report <- one(share(report %in% c("1", "2"), report_asked))
parts_of <- function(...) lapply(c(...), function(id) figures[[id]]$parts[[1]])
figures$contribution <- list(
  parts = parts_of("ready_to_take_part", "cause[3]", "contact_at[01]"), coefficients = rep(1 / 3, 3))
figures$weighted <- list(parts = parts_of("ready_to_take_part", "ready_to_report"), coefficients = c(2, 1) / 3)
figures$gap <- list(parts = c(figures$contribution$parts, figures$bribery$parts), coefficients = c(rep(1 / 3, 3), -1))

# The figure of a selection of rows, or with two selections the second less the first, in one sample of PSUs.
estimate_of <- function(figure, selections, rows) {
  data <- people[rows, c("stratum", "psu", "weight")]
  names <- character(); terms <- character()
  for (s in seq_along(selections)) {
    sign <- if (length(selections) == 2 && s == 1) -1 else 1
    for (p in seq_along(figure$parts)) {
      inside <- as.numeric(selections[[s]])[rows]
      y <- paste0("y", s, "_", p); x <- paste0("x", s, "_", p)
      data[[y]] <- figure$parts[[p]]$num[rows] * inside
      data[[x]] <- figure$parts[[p]]$den[rows] * inside
      names <- c(names, y, x)
      terms <- c(terms, sprintf("%.17g * %s / %s", sign * figure$coefficients[p], y, x))
    }
  }
  design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data)
  totals <- svytotal(as.formula(paste("~", paste(names, collapse = "+"))), design)
  contrast <- svycontrast(totals, parse(text = paste(terms, collapse = " + "))[[1]])
  inside <- Reduce(`|`, unlist(lapply(selections, function(s) lapply(figure$parts, function(p) p$domain & s)), recursive = FALSE))[rows]
  df <- length(unique(data$psu[inside])) - length(unique(data$stratum[inside]))
  list(value = as.numeric(coef(contrast)), se = as.numeric(SE(contrast)), df = df)
}

row_of <- function(id, figure, wave, by, selection, bound = NULL) {
  rows <- people$wave == wave
  found <- estimate_of(figure, list(selection & rows), rows)
  ci <- found$value + c(-1, 1) * qt(0.975, found$df) * found$se
  first <- figure$parts[[1]]
  if (length(figure$parts) == 1 && first$kind == "share") {
    data <- people[rows, c("stratum", "psu", "weight")]
    data$y <- first$num[rows]
    design <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data)
    domain <- subset(design, (first$den > 0 & selection)[rows])
    ci <- if (found$value > 0 && found$value < 1) as.numeric(attr(svyciprop(~y, domain, method = "xlogit", df = found$df), "ci")) else c(NA, NA)
  }
  in_base <- function(p) (if (p$kind == "ratio") p$domain else p$den > 0) & selection & rows
  list(
    indicator = id, wave = wave, by = by, bound = if (is.null(bound)) "" else bound, estimate = found$value, se = found$se,
    ci_low = ci[1], ci_high = ci[2], df = found$df, n_base = min(sapply(figure$parts, function(p) sum(in_base(p)))))
}

change_of <- function(id, figure, by, selection) {
  first <- people$wave == "2022" & selection
  second <- people$wave == "2023" & selection
  shared <- estimate_of(figure, list(first, second), all)
  alone <- lapply(c("2022", "2023"), function(w) estimate_of(figure, list(selection & people$wave == w), people$wave == w))
  list(
    indicator = id, by = by, difference = shared$value, se = shared$se, df = shared$df,
    independent_se = sqrt(alone[[1]]$se^2 + alone[[2]]$se^2), independent_df = alone[[1]]$df + alone[[2]]$df)
}

with_sex <- c("bribery", "bribe_at[01]", "bribe_at[02]", "bribe_at[03]", "cause[1]", "cause[2]", "cause[3]",
  "experience[contact]", "experience[asked]", "experience[paid]", "per_contact[contact]", "per_contact[asked]",
  "per_contact[paid]", "ready_to_take_part", "contribution", "weighted", "gap", "spent_mean")
nothing <- setNames(list(), character())
rows <- list(); changes <- list()
for (id in names(figures)) {
  groups <- list(list(by = nothing, rows = all))
  if (id %in% with_sex) for (code in c("1", "2")) groups <- c(groups, list(list(by = list(sex = code), rows = people$sex == code)))
  for (group in groups) {
    for (wave in c("2022", "2023")) {
      rows[[length(rows) + 1]] <- row_of(id, figures[[id]], wave, group$by, group$rows)
      for (bound in names(bounds[[id]])) rows[[length(rows) + 1]] <- row_of(id, bounds[[id]][[bound]], wave, group$by, group$rows, bound)
    }
    changes[[length(changes) + 1]] <- change_of(id, figures[[id]], group$by, group$rows)
  }
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
  call = "svycontrast(svytotal(~y1 + x1 + ..., svydesign(ids = ~psu, strata = ~stratum, weights = ~weight)), c1 * y1 / x1 + ...)",
  share = "svyciprop(~y, domain, method = \"xlogit\", df = df)",
  data = "Tests/CommandTests/Fixtures/contacts-study/wave-2022.csv, wave-2023.csv (synthetic)",
  script = "Tests/Reference/contacts-study.R",
  date = "2026-11-21",
  tolerance = 1e-9)
writeLines(
  c(
    "{", paste0("  \"origin\": ", gsub("\n", "\n  ", toJSON(origin, auto_unbox = TRUE, pretty = TRUE, digits = I(17))), ","),
    "  \"rows\": [", paste(vapply(rows, as_line, ""), collapse = ",\n"), "  ],",
    "  \"changes\": [", paste(vapply(changes, as_line, ""), collapse = ",\n"), "  ]", "}"),
  file.path(here, "contacts-study.json"), useBytes = TRUE)
cat(length(rows), "rows and", length(changes), "changes written\n")
