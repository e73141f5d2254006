/// The functions at the head of every script: answers and their missing kinds, the design, and each kind of figure.
///
/// They use what R and its package survey bring (`svydesign`, `svymean`, `svyratio`, `svytotal`, `svycontrast`, `svyciprop`,
/// `degf`) and nothing of Saual's own arithmetic; what R's package does not have is written out with its source.
enum RPrelude {
    static let text = #"""
        if (!suppressPackageStartupMessages(require("survey", quietly = TRUE, warn.conflicts = FALSE))) quit(status = 10)
        options(survey.adjust.domain.lonely = FALSE, survey.ultimate.cluster = FALSE, digits = 15)
        level <- 0.95

        arguments <- commandArgs(trailingOnly = TRUE)
        script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
        folder <- if (length(arguments) > 0) arguments[1] else dirname(script)

        # Answers ------------------------------------------------------------------------------------------------------

        waves <- list()
        now <- NULL  # the wave that is being computed

        open_wave <- function(id, file, names) {
          cells <- read.csv(file.path(folder, file), colClasses = "character", na.strings = character(), quote = "")
          stopifnot(ncol(cells) == 2 * length(names))
          now <<- new.env()
          now$id <- id
          now$rows <- nrow(cells)
          now$values <- list()
          now$kinds <- list()
          now$figures <- list()
          now$done <- list()
          for (i in seq_along(names)) store(names[i], cells[[2 * i - 1]], cells[[2 * i]])
          waves[[id]] <<- now
        }

        store <- function(name, values, kinds) {
          values[kinds != ""] <- NA
          now$values[[name]] <- values
          now$kinds[[name]] <- kinds
        }

        value <- function(name) {
          if (is.null(now$values[[name]])) stop("no column ", name)
          now$values[[name]]
        }

        kind <- function(name) {
          if (is.null(now$kinds[[name]])) stop("no column ", name)
          now$kinds[[name]]
        }

        # One value a row, also where an expression gave one value for all.
        rows <- function(x) if (length(x) == now$rows) x else rep_len(x, now$rows)
        # Unknown is not true.
        known <- function(x) x & !is.na(x)
        not_false <- function(x) x | is.na(x)

        number <- function(name) as.numeric(value(name))
        yes <- function(name) value(name) == "1"
        among <- function(name, codes) ifelse(is.na(value(name)), NA, value(name) %in% codes)
        holds <- function(set, items) {
          chosen <- Reduce(`|`, lapply(items, yes))
          chosen[!is_answered(set)] <- NA
          chosen
        }
        is_answered <- function(name) kind(name) == ""
        was_asked <- function(name) !(kind(name) %in% c("not-asked", "not-in-wave", "not-applicable"))
        all_true <- function(...) Reduce(`&`, list(...))
        any_true <- function(...) Reduce(`|`, list(...))
        count_true <- function(...) Reduce(`+`, lapply(list(...), function(x) as.numeric(known(rows(x)))))
        finite <- function(x) ifelse(is.finite(x), x, NA)
        divide <- function(a, b) ifelse(rows(b) == 0, NaN, rows(a) / rows(b))

        # Why a calculation has no result: the reason of its first missing part, or its own.
        first_kind <- function(left, right, result) {
          reason <- ifelse(rows(left) != "", rows(left), rows(right))
          result <- rows(result)
          own <- ifelse(is.nan(result), "not-applicable", ifelse(is.infinite(result), "unreadable", ""))
          ifelse(reason != "", reason, own)
        }

        derive_cut <- function(name, of, at, codes) store(name, codes[findInterval(number(of), at) + 1], kind(of))

        derive_number <- function(name, x, why) store(name, rows(x), rows(why))

        # The first case that is true; else the reason of the first variable that has none.
        derive_cases <- function(name, codes, conditions, of) {
          answer <- rep(NA_character_, now$rows)
          for (i in seq_along(codes)) answer[is.na(answer) & known(rows(conditions[[i]]))] <- codes[i]
          why <- ifelse(is.na(answer), "no-answer", "")
          for (source in rev(of)) {
            lost <- is.na(answer) & !is_answered(source)
            why[lost] <- kind(source)[lost]
          }
          store(name, answer, why)
        }

        # One key a row from several columns; NA where one is missing.
        keys <- function(names) {
          if (length(names) == 0) return(rep("", now$rows))
          parts <- lapply(names, value)
          joined <- do.call(paste, c(parts, sep = "*"))
          joined[Reduce(`|`, lapply(parts, is.na))] <- NA
          joined
        }

        # The sample -------------------------------------------------------------------------------------------------------

        set_design <- function(strata, psu, weight, fpc, nest, lonely) {
          options(survey.lonely.psu = lonely)
          data <- data.frame(stratum = keys(strata))
          data$psu <- if (length(psu) > 0) keys(psu) else as.character(seq_len(now$rows))
          units <- tapply(data$psu, data$stratum, function(x) length(unique(x)))[data$stratum]
          if (!is.null(fpc)) data$size <- ifelse(number(fpc) > 1, number(fpc), units / number(fpc))
          data$weight <- if (!is.null(weight)) number(weight) else if (!is.null(fpc)) data$size / units else 1
          now$live <- data$weight != 0
          now$design <- svydesign(
            ids = ~psu, strata = ~stratum, weights = ~weight, fpc = if (is.null(fpc)) NULL else ~size, nest = nest,
            data = data)
        }

        # Figures ----------------------------------------------------------------------------------------------------------

        found <- character()

        report <- function(id, variables, group, figure, to = "") {
          found <<- c(found, paste(c(
            now$id, to, id, paste(variables, collapse = "*"), group,
            vapply(figure[c("estimate", "se", "low", "high", "df", "n", "n_base", "p")], function(x) {
              if (is.null(x) || is.na(x)) "" else sprintf("%.17g", x)
            }, "")), collapse = ","))
        }

        t_interval <- function(estimate, se, df) {
          if (df < 1) return(c(NA, NA))
          estimate + c(-1, 1) * qt(1 - (1 - level) / 2, df) * se
        }

        # A share of 0 or 1 has no logit: the exact binomial interval of n independent rows (Korn and Graubard 1998).
        edge_interval <- function(p, n) {
          tail <- (1 - level) / 2
          c(if (p == 0) 0 else qbeta(tail, n * p, n * (1 - p) + 1),
            if (p == 1) 1 else qbeta(1 - tail, n * p + 1, n * (1 - p)))
        }

        # One share, mean or ratio over the rows inside. Degrees of freedom are counted before missing answers are set aside.
        estimate_of <- function(figure, inside) {
          used <- inside & !is.na(figure$y) & !is.na(figure$x)
          n_base <- sum(used & now$live)
          if (n_base == 0) return(NULL)
          domain <- figure$design[inside, ]
          df <- degf(domain)
          is_share <- figure$statistic == "share"
          n <- if (is_share) sum(figure$y[used & now$live] == 1) else n_base
          if (is_share && (n == 0 || n == n_base)) {
            p <- as.numeric(n > 0)
            limits <- if (df < 1) c(NA, NA) else edge_interval(p, n_base)
            return(list(estimate = p, se = 0, low = limits[1], high = limits[2], df = df, n = n, n_base = n_base))
          }
          result <- if (figure$statistic == "ratio") svyratio(~y, ~x, figure$design[used, ])
            else svymean(~y, domain, na.rm = TRUE)
          estimate <- coef(result)[[1]]
          se <- SE(result)[[1]]
          limits <- t_interval(estimate, se, df)
          if (is_share && df >= 1 && estimate > 0 && estimate < 1)
            limits <- attr(svyciprop(~y, domain, method = "xlogit", level = level, df = df, na.rm = TRUE), "ci")
          list(
            estimate = estimate, se = se, low = limits[[1]], high = limits[[2]], df = df, n = n, n_base = n_base)
        }

        # Each group of each breakdown, and the whole; `compute` takes the rows of a group.
        each_group <- function(id, by, inside, compute) {
          for (variables in c(list(character()), by)) {
            key <- keys(variables)
            for (group in sort(unique(key[inside & !is.na(key)]))) {
              figure <- compute(known(key == group))
              if (is.null(figure)) next
              now$done[[paste(id, paste(variables, collapse = "*"), group, sep = ",")]] <- figure
              report(id, variables, group, figure)
            }
          }
        }

        # A figure over its base. A condition that is unknown counts as not true; with `answered`, its row is outside.
        indicator <- function(id, statistic, y, x = 1, domain = TRUE, answered = TRUE, by = list()) {
          y <- rows(y)
          if (statistic == "share" && identical(answered, TRUE)) y <- known(y)
          y <- as.numeric(y)
          x <- as.numeric(rows(x))
          y[!rows(answered)] <- NA
          x[!rows(answered)] <- NA
          domain <- known(rows(domain))
          design <- now$design
          design$variables <- data.frame(y = y, x = x)
          figure <- list(statistic = statistic, y = y, x = x, domain = domain, design = design)
          now$figures[[id]] <- figure
          each_group(id, by, domain, function(rows) estimate_of(figure, domain & rows))
        }

        """#
}
