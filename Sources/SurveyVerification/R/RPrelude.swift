/// The functions at the head of every script: answers and their missing kinds, the design, and each kind of figure.
///
/// They use what R and its package survey bring (`svydesign`, `svymean`, `svyratio`, `svytotal`, `svycontrast`, `svyciprop`,
/// `degf`) and nothing of Saual's own arithmetic; what R's package does not have is written out with its source.
enum RPrelude {
    static let text = [answers, sample, figures, byHand, changes].joined(separator: "\n")

    /// Settings, and answers with the kinds of missing ones.
    static let answers = #"""
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
          now$figures <- now$sums <- now$compute <- now$domain <- now$done <- list()
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

        """#
}
