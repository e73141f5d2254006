# Reference numbers for designs of several stages, unequal probabilities and two phases.
#
#     Rscript Tests/Reference/stages/stages.R
#
# R 4.2.2, survey 4.1-1, 2026-11-21. The data follows from arithmetic alone, so that the script makes the same file again.
suppressMessages({library(survey); library(jsonlite)})
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))

# 3 strata of 3, 4 and 5 districts; in each district schools of two types; in each school pupils.
rows <- list()
for (s in 1:3) for (d in seq_len(s + 2)) for (t in 1:2) for (c in seq_len(2 + (s + d + t) %% 2)) {
  for (p in seq_len(2 + (s * d + c) %% 3)) {
    i <- length(rows) + 1
    rows[[i]] <- data.frame(
      region = s, district = 10 * s + d, type = t, school = c + 10 * t, pupil = p,
      N1 = 10 + 4 * s, N2 = 5 + t + (s + d) %% 2, N3 = 20 + c,
      y = (7 * s + 3 * d + 5 * t + 2 * c + (i * 37) %% 11) / 3, x = 1 + (i * 53) %% 7, group = 1 + (i * 29) %% 3,
      size = 0.1 + ((s * 5 + d * 3) %% 7) / 20, size2 = 0.2 + ((d + c + t) %% 4) / 10, part = as.numeric((i * 31) %% 5 < 3),
      f1 = (s + 2) / (10 + 4 * s))
  }
}
data <- do.call(rbind, rows)
data$id <- seq_len(nrow(data))
data$n1 <- 90 * data$region
data$class <- (data$id %% 4 > 1) + 1
write.csv(data, file.path(folder, "stages.csv"), row.names = FALSE)

cases <- list()
numbers <- function(x) unname(as.numeric(x))
add <- function(id, json, design, statistic, stat, df) {
  v <- as.matrix(vcov(stat))
  cases[[length(cases) + 1]] <<- list(
    id = id, category = "stages", dataset = "stages", dataset_file = "stages.csv", design = json,
    statistic = statistic,
    expected = list(
      names = I(names(coef(stat))), estimate = I(numbers(coef(stat))), se = I(numbers(SE(stat))),
      vcov = unname(lapply(seq_len(nrow(v)), function(i) I(numbers(v[i, ])))), df = df),
    tolerance_rel = 1e-9)
}
both <- function(id, json, design, domain = NULL) {
  names(json) <- names(json)
  used <- if (is.null(domain)) design else subset(design, group == 2)
  json$domain <- if (is.null(domain)) NULL else list(var = "group", op = "==", value = 2)
  df <- degf(used)
  add(paste0(id, "-mean"), json, used, list(kind = "mean", variables = I(c("y", "x"))), svymean(~y + x, used), df)
  add(paste0(id, "-total"), json, used, list(kind = "total", variables = I(c("y", "x"))), svytotal(~y + x, used), df)
  if (inherits(design, "twophase") || inherits(design, "twophase2")) return(invisible())
  ratio <- svyratio(~y, ~x, used)
  json_ratio <- list(kind = "ratio", numerator = I("y"), denominator = I("x"))
  cases[[length(cases) + 1]] <<- list(
    id = paste0(id, "-ratio"), category = "stages", dataset = "stages", dataset_file = "stages.csv", design = json,
    statistic = json_ratio,
    expected = list(names = I("y/x"), estimate = I(numbers(coef(ratio))), se = I(numbers(SE(ratio))), df = df),
    tolerance_rel = 1e-9)
}

two <- svydesign(ids = ~district + school, strata = ~region + type, fpc = ~N1 + N2, data = data)
two_json <- list(ids = I(c("district", "school")), strata = I(c("region", "type")), fpc = I(c("N1", "N2")))
both("two-stage", two_json, two)
both("two-stage-domain", two_json, two, TRUE)

three <- svydesign(ids = ~district + school + pupil, strata = ~region + type, fpc = ~N1 + N2 + N3, data = data)
three_json <- list(
  ids = I(c("district", "school", "pupil")), strata = I(c("region", "type")), fpc = I(c("N1", "N2", "N3")))
both("three-stage", three_json, three)
both("three-stage-domain", three_json, three, TRUE)

options(survey.ultimate.cluster = TRUE)
both("first-stage", c(three_json, list(ultimate_cluster = TRUE)), three)
options(survey.ultimate.cluster = FALSE)

stratified <- postStratify(two, ~class, data.frame(class = 1:2, Freq = c(1500, 1700)))
both("two-stage-poststratified", c(two_json, list(steps = list(list(
  op = "post_stratify", by = I("class"), population = list(
    list(cell = list(class = 1), freq = 1500), list(cell = list(class = 2), freq = 1700)))))), stratified)

# Unequal probabilities of districts, and of schools in them.
brewer <- svydesign(ids = ~district, strata = ~region, fpc = ~size, pps = "brewer", data = data)
both("brewer", list(ids = I("district"), strata = I("region"), fpc = I("size"), pps = list(method = "brewer")), brewer)
brewer2 <- svydesign(ids = ~district + school, strata = ~region + type, fpc = ~size + size2, pps = "brewer", data = data)
both("brewer-two-stage", list(
  ids = I(c("district", "school")), strata = I(c("region", "type")), fpc = I(c("size", "size2")),
  pps = list(method = "brewer")), brewer2)
overton <- svydesign(ids = ~district, strata = ~region, fpc = ~size, pps = "overton", data = data)
both("overton", list(ids = I("district"), strata = I("region"), fpc = I("size"), pps = list(method = "overton")), overton)
yates <- svydesign(ids = ~district, strata = ~region, fpc = ~size, pps = "overton", variance = "YG", data = data)
both("overton-yates-grundy", list(
  ids = I("district"), strata = I("region"), fpc = I("size"), pps = list(method = "overton", variance = "YG")), yates)

# Two phases. phase 1 with sizes: rows in strata; phase 2: rows in classes.
full <- twophase(
  id = list(~id, ~id), strata = list(~region, ~class), fpc = list(~n1, NULL), subset = ~I(part == 1), data = data)
phases <- function(method, psu = NULL) list(
  ids = list(), strata = list(), fpc = list(), two_phase = list(
    ids = list(I(as.character(psu)), list()), strata = list(I("region"), I("class")), fpc = list(I("n1")),
    subset = "part", method = method))
both("two-phase-full", phases("full"), full)
approx <- twophase(
  id = list(~id, ~id), strata = list(~region, ~class), fpc = list(~n1, NULL), subset = ~I(part == 1), data = data,
  method = "approx")
both("two-phase-approx", phases("approx"), approx)

number <- function(x) ifelse(is.na(x), "null", sprintf("%.17g", x))
text <- function(x) {
  if (is.null(x)) return("null")
  if (length(x) == 0) return("[]")
  if (is.list(x)) {
    parts <- vapply(x, text, "")
    if (!is.null(names(x)) && length(x) > 0) {
      return(paste0("{", paste0('"', names(x), '": ', parts, collapse = ", "), "}"))
    }
    return(paste0("[", paste(parts, collapse = ", "), "]"))
  }
  parts <- if (is.character(x)) paste0('"', x, '"') else if (is.logical(x)) tolower(x) else number(x)
  if (inherits(x, "AsIs")) paste0("[", paste(parts, collapse = ", "), "]") else parts
}
document <- paste0(
  '{"schema": "survey-reference-1", "generator": "', R.version.string, ", survey ", packageVersion("survey"),
  '; 2026-11-21", "path_base": ".", "count": ', length(cases), ', "cases": [\n',
  paste(vapply(cases, text, ""), collapse = ",\n"), "\n]}\n")
writeLines(document, file.path(folder, "stages.json"), sep = "")
# Every column is a number.
writeLines('{"datasets": {"stages": {"columns": []}}}', file.path(folder, "dictionary.json"))
