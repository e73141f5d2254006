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

        # The sample -------------------------------------------------------------------------------------------------------

        # Rows of weight 0, and with `complete` rows that are no interviews, are in no sum; their PSUs and strata were sampled.
        # `centre` says on what a PSU that is alone in its stratum is centred by the rule "adjust": the mean of all PSU sums,
        # or 0 as R's package 4.1 does. Means, shares and ratios of uncalibrated weights have the mean 0.
        set_design <- function(strata, psu, weight, fpc, nest, lonely, centre = "zero", complete = TRUE) {
          options(survey.lonely.psu = lonely)
          data <- data.frame(stratum = keys(strata))
          data$psu <- if (length(psu) > 0) keys(psu) else as.character(seq_len(now$rows))
          units <- as.numeric(tapply(data$psu, data$stratum, function(x) length(unique(x)))[data$stratum])
          if (!is.null(fpc)) data$size <- ifelse(number(fpc) > 1, number(fpc), units / number(fpc))
          data$weight <- if (!is.null(weight)) number(weight) else if (!is.null(fpc)) data$size / units else 1
          data$weight[!known(rows(complete))] <- 0
          now$live <- data$weight != 0
          now$weight <- data$weight
          now$stratum <- data$stratum
          now$unit <- if (nest) paste(data$stratum, data$psu) else data$psu
          now$units <- units
          now$fraction <- if (is.null(fpc)) rep(0, now$rows) else units / data$size
          now$lonely <- lonely
          now$centre <- centre
          now$by_hand <- lonely == "average" && any(alone(now))
          now$sample <- function(weight) {
            data$weight <- weight
            svydesign(
              ids = ~psu, strata = ~stratum, weights = ~weight, fpc = if (is.null(fpc)) NULL else ~size, nest = nest,
              data = data)[now$live, ]
          }
          now$design <- now$sample(data$weight)
        }

        # Rows whose PSU is alone in its stratum.
        alone <- function(wave) wave$units == 1 & wave$fraction < 1 - 1e-7

        # The rows of a design, which has those of a weight other than 0 only.
        part_of <- function(design, inside) design[inside[now$live], ]

        # Weights that were fitted to totals, step by step: for each step its margins, and the weights before and after it.
        # Where each step begins with the weights of the one before, R fits them again by `rake` and `postStratify`; otherwise
        # (trimming after a step) they are taken as they are. Errors after post-stratification are those of the package. After
        # raking the package takes plain means of residuals in turns; Saual takes the regression on all margins with the weights
        # before the step (in the package `calibrate(calfun = "raking")`, which needs MASS): `residuals_of`, errors by hand.
        calibrated <- function(steps, is_chain) {
          now$steps <- lapply(seq_along(steps), function(i) {
            step <- steps[[i]]
            step$before <- number(paste0("*before*", i))
            step$after <- number(paste0("*after*", i))
            step$used <- step$after != 0
            step$keys <- lapply(step$margins, keys)
            columns <- lapply(step$keys, function(key) {
              outer(key[step$used], sort(unique(key[step$used])), function(a, b) as.numeric(a == b))
            })
            step$x <- do.call(cbind, columns)
            step$qr <- qr(step$x * sqrt(step$before[step$used]))
            step
          })
          is_raked <- any(vapply(now$steps, function(step) step$method == "rake", TRUE))
          is_lonely <- any(alone(now)) && (now$lonely == "average" || now$lonely == "adjust" && now$centre == "mean")
          now$by_hand <- !is_chain || is_raked || is_lonely
          if (!is_chain) return(invisible())
          design <- now$sample(now$steps[[1]]$before)
          for (step in now$steps) {
            margins <- lapply(step$keys, function(key) key[now$live])
            design$variables <- as.data.frame(setNames(margins, paste0("margin", seq_along(margins))))
            formulas <- lapply(names(design$variables), function(name) as.formula(paste("~", name)))
            totals <- lapply(seq_along(margins), function(m) {
              cells <- tapply(step$after[now$live], margins[[m]], sum)
              if (!is.null(step$totals)) cells <- step$totals[[m]][names(cells)]
              setNames(data.frame(names(cells), as.numeric(cells)), c(names(design$variables)[m], "Freq"))
            })
            design <- if (step$method == "poststratify") postStratify(design, formulas[[1]], totals[[1]])
              else rake(design, formulas, totals, control = list(maxit = 1000, epsilon = 1e-12))
          }
          now$weight[now$live] <- weights(design)
          now$design <- if (now$by_hand) now$sample(now$weight) else design
        }

        # What the fitting of the weights leaves of the influences of rows: Z <- w (Z / w - x'B), B from the regression with the
        # weights before the step (Deville and Sarndal 1992).
        residuals_of <- function(wave, z) {
          for (step in wave$steps) {
            root <- sqrt(step$before[step$used])
            y <- z[step$used] / step$after[step$used]
            slopes <- qr.coef(step$qr, y * root)
            slopes[is.na(slopes)] <- 0
            z[step$used] <- step$after[step$used] * (y - as.numeric(step$x %*% slopes))
            z[!step$used] <- 0
          }
          z
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
          domain <- part_of(figure$design, inside)
          df <- degf(domain)
          is_share <- figure$statistic == "share"
          n <- if (is_share) sum(figure$y[used & now$live] == 1) else n_base
          if (is_share && (n == 0 || n == n_base)) {
            p <- as.numeric(n > 0)
            limits <- if (df < 1) c(NA, NA) else edge_interval(p, n_base)
            return(list(estimate = p, se = 0, low = limits[1], high = limits[2], df = df, n = n, n_base = n_base))
          }
          result <- if (figure$statistic == "ratio") svyratio(~y, ~x, domain, na.rm = TRUE)
            else svymean(~y, domain, na.rm = TRUE)
          estimate <- coef(result)[[1]]
          se <- if (now$by_hand) error_by_hand(now, list(influence(now, figure, inside))) else SE(result)[[1]]
          limits <- t_interval(estimate, se, df)
          if (is_share && df >= 1 && estimate > 0 && estimate < 1)
            limits <- if (now$by_hand) plogis(t_interval(qlogis(estimate), se / (estimate * (1 - estimate)), df))
              else attr(svyciprop(~y, domain, method = "xlogit", level = level, df = df, na.rm = TRUE), "ci")
          list(
            estimate = estimate, se = se, low = limits[[1]], high = limits[[2]], df = df, n = n, n_base = n_base)
        }

        # Each group of each breakdown, and the whole; `compute` takes the rows of a group.
        each_group <- function(id, by, inside, compute) {
          now$compute[[id]] <- compute
          now$domain[[id]] <- inside
          for (variables in c(list(character()), by)) {
            key <- keys(variables)
            for (group in sort(unique(key[inside & !is.na(key)]))) {
              figure <- compute(known(key == group))
              if (is.null(figure)) next
              now$done[[paste(id, paste(variables, collapse = "*"), group, sep = ",")]] <-
                c(figure, list(id = id, variables = variables, group = group))
              report(id, variables, group, figure)
            }
          }
        }

        # A figure over its base. A condition that is unknown counts as not true; with `answered`, its row is outside.
        # `bounds` gives the share also with every undetermined row of the base as no and as yes.
        indicator <- function(id, statistic, y, x = 1, domain = TRUE, answered = TRUE, by = list(), bounds = FALSE) {
          domain <- known(rows(domain))
          truth <- rows(y)
          truth[!rows(answered)] <- NA
          y <- as.numeric(if (statistic == "share" && identical(answered, TRUE)) known(truth) else truth)
          x <- as.numeric(rows(x))
          x[!rows(answered)] <- NA
          own <- made_of(statistic, y, x, domain)
          now$figures[[id]] <- own
          each_group(id, by, domain, function(rows) estimate_of(own, domain & rows))
          if (!bounds) return(invisible())
          for (bound in c("low", "high")) {
            limit <- made_of("share", as.numeric(ifelse(is.na(truth), bound == "high", truth)), rows(1), domain)
            each_group(paste0(id, "*", bound), by, domain, function(rows) {
              is_whole <- all(rows)
              if (!is_whole && is.null(estimate_of(own, domain & rows))) NULL else estimate_of(limit, domain & rows)
            })
          }
        }

        # A variable, its base and the sample, ready for the functions of the package.
        made_of <- function(statistic, y, x, domain) {
          design <- now$design
          design$variables <- data.frame(y = y, x = x)[now$live, ]
          list(statistic = statistic, y = y, x = x, domain = domain, design = design)
        }

        # A sum of figures, each with its own base: the delta method on the joint totals keeps their covariance. Degrees of
        # freedom are those of the rows of any base; counts are those of the smallest part.
        composite <- function(id, parts, coefficients, by = list()) {
          figures <- now$figures[parts]
          wave <- now
          inside <- Reduce(`|`, lapply(figures, function(figure) figure$domain))
          now$sums[[id]] <- list(parts = parts, coefficients = coefficients)
          each_group(id, by, inside, function(rows) {
            found <- lapply(figures, function(figure) estimate_of(figure, figure$domain & rows))
            if (any(vapply(found, is.null, TRUE))) return(NULL)
            totals <- data.frame(row = seq_len(wave$rows))
            for (i in seq_along(figures)) {
              figure <- figures[[i]]
              used <- figure$domain & rows & !is.na(figure$y) & !is.na(figure$x)
              totals[[paste0("y", i)]] <- ifelse(used, figure$y, 0)
              totals[[paste0("x", i)]] <- ifelse(used, figure$x, 0)
            }
            design <- wave$design
            design$variables <- totals[wave$live, ]
            numbers <- seq_along(figures)
            sums <- svytotal(
              as.formula(paste("~", paste0("y", numbers, " + x", numbers, collapse = " + "))), design)
            formula <- paste0(sprintf("%.17g", coefficients), " * y", numbers, " / x", numbers, collapse = " + ")
            result <- svycontrast(sums, parse(text = formula)[[1]])
            df <- degf(part_of(design, inside & rows))
            estimate <- coef(result)[[1]]
            se <- if (wave$by_hand) error_by_hand(wave, influences(wave, id, rows)) else SE(result)[[1]]
            limits <- t_interval(estimate, se, df)
            least <- function(field) min(vapply(found, function(figure) as.numeric(figure[[field]]), 0))
            list(
              estimate = estimate, se = se, low = limits[1], high = limits[2], df = df, n = least("n"),
              n_base = least("n_base"))
          })
        }

        # Errors by hand, where the package has not the rule: PSU sums, centred in their strata ----------------------------

        # The weighted influence of each row on a figure less calibration, the rows of its base, and those with an answer.
        influence <- function(wave, figure, inside) {
          used <- inside & !is.na(figure$y) & !is.na(figure$x) & wave$live
          w <- ifelse(used, wave$weight, 0)
          x <- ifelse(used, figure$x, 0)
          y <- ifelse(used, figure$y, 0)
          total <- sum(w * x)
          z <- w * (y - sum(w * y) / total * x) / total
          list(z = residuals_of(wave, z), inside = inside & wave$live, answered = used)
        }

        # Those of the parts of a figure, each times its coefficient.
        influences <- function(wave, id, rows) {
          sum <- wave$sums[[id]]
          if (is.null(sum)) sum <- list(parts = id, coefficients = 1)
          Map(function(part, coefficient) {
            found <- influence(wave, wave$figures[[part]], wave$figures[[part]]$domain & rows)
            found$z <- coefficient * found$z
            found
          }, sum$parts, sum$coefficients)
        }

        # The sum of each PSU, with its stratum, and the number of PSUs and sampling fraction of that.
        psu_sums <- function(wave, found) {
          first <- !duplicated(wave$unit)
          units <- wave$unit[first]
          data.frame(
            unit = units, stratum = wave$stratum[first], n = wave$units[first], f = wave$fraction[first],
            z = as.numeric(rowsum(found$z, wave$unit)[units, 1]), inside = units %in% wave$unit[found$inside])
        }

        # What the rule `average` multiplies a variance by: strata over strata that are not lonely, where there are answers.
        averaging <- function(wave, answered) {
          if (wave$lonely != "average") return(1)
          strata <- unique(wave$stratum[answered])
          lonely <- unique(wave$stratum[answered & alone(wave)])
          length(strata) / (length(strata) - length(lonely))
        }

        # V = sum over strata of (1 - f) n / (n - 1) times the squared deviations of PSU sums; the rules for a PSU alone in its
        # stratum are those of Documentation/Methods.md, "Lonely PSU".
        centred <- function(wave, found) {
          sums <- psu_sums(wave, found)
          is_alone <- sums$n == 1
          centre <- ave(sums$z, sums$stratum)
          centre[is_alone] <- if (wave$centre == "mean") mean(sums$z) else 0
          size <- pmax(0, 1 - sums$f) * ifelse(is_alone, as.numeric(wave$lonely == "adjust"), sums$n / pmax(1, sums$n - 1))
          size[1 - sums$f < 1e-7] <- 0
          (sums$z - centre) * sqrt(size * averaging(wave, found$answered))
        }

        error_by_hand <- function(wave, parts) sqrt(sum(Reduce(`+`, lapply(parts, function(part) centred(wave, part)))^2))

        # Points for a figure by steps; a value within a billionth of a step is on it.
        score <- function(id, of, full, steps, between, below_half, by = list()) {
          compute <- now$compute[[of]]
          each_group(id, by, now$domain[[of]], function(rows) {
            figure <- compute(rows)
            if (is.null(figure)) return(NULL)
            place <- figure$estimate * steps
            if (abs(place - round(place)) <= 1e-9 * max(1, abs(round(place)))) place <- round(place)
            is_below <- below_half == "zero" && place < steps / 2
            half <- round(2 * place)
            if (between == "nearest" && abs(2 * place - half) <= 2e-9 * max(1, abs(half))) place <- half / 2
            place <- switch(between, floor = floor(place), linear = place, nearest = floor(place + 0.5))
            points <- if (is_below) 0 else full * place / steps
            list(estimate = points, se = NA, low = NA, high = NA, df = NA, n = figure$n, n_base = figure$n_base)
          })
        }

        # Changes ----------------------------------------------------------------------------------------------------------

        # The parts of a figure as one.
        joined <- function(parts) {
          list(
            z = Reduce(`+`, lapply(parts, function(part) part$z)),
            inside = Reduce(`|`, lapply(parts, function(part) part$inside)),
            answered = Reduce(`|`, lapply(parts, function(part) part$answered)))
        }

        # Covariance through the PSUs that both waves have (Tam 1984): in each stratum
        #   C = (m - n1 n2 / N) / (m - 1) * sum over shared PSUs of (z1 - mean z1)(z2 - mean z2),
        # m the shared PSUs; n1 n2 / N is 0 without population sizes, or where a PSU has changed its stratum. By correlation
        # where the variances contradict it: rho over the shared PSUs, s over all PSUs of each wave.
        shared_covariance <- function(one, two, v1, v2, average, rule, lonely_product) {
          both <- merge(one, two, by = "unit", suffixes = c("1", "2"))
          exact <- 0
          correlated <- 0
          for (pair in split(both, paste(both$stratum1, both$stratum2, sep = " "))) {
            m <- nrow(pair)
            same <- pair$stratum1[1] == pair$stratum2[1]
            expected <- if (same) sqrt(pair$n1[1] * pair$f1[1] * pair$n2[1] * pair$f2[1]) else 0
            if (m > 1) {
              a <- pair$z1 - mean(pair$z1)
              b <- pair$z2 - mean(pair$z2)
              exact <- exact + (m - expected) / (m - 1) * sum(a * b) * average
              spread <- sqrt(sum(a^2)) * sqrt(sum(b^2))
              s1 <- sd(one$z[one$stratum == pair$stratum1[1]])
              s2 <- sd(two$z[two$stratum == pair$stratum2[1]])
              if (spread > 0) correlated <- correlated + (m - expected) * sum(a * b) / spread * s1 * s2 * average
            } else if (pair$n1 == 1 && pair$n2 == 1) {
              # One PSU alone in its stratum in both waves has the covariance of its rule.
              exact <- exact + lonely_product(pair$unit)
              correlated <- correlated + lonely_product(pair$unit)
            }
          }
          if (is.na(v1) || is.na(v2) || is.na(exact)) return(NA)
          if (rule == "correlation" || exact^2 > v1 * v2 * (1 + 1e-9)) correlated else exact
        }

        # A share of 0 or 1 has no error of its own: its variance is read off its interval.
        variance_of <- function(figure, statistic) {
          if (identical(statistic, "share") && figure$estimate %in% c(0, 1) && figure$se == 0)
            return(((figure$high - figure$low) / qt(1 - (1 - level) / 2, figure$df))^2)
          figure$se^2
        }

        # The difference of each figure that both waves have, over the whole and by one variable.
        changes <- function(from, to, ids, overlap) {
          one <- waves[[from]]
          two <- waves[[to]]
          now <<- one
          for (figure in two$done) {
            before <- one$done[[paste(figure$id, paste(figure$variables, collapse = "*"), figure$group, sep = ",")]]
            if (is.null(before) || !(figure$id %in% ids) || length(figure$variables) > 1) next
            v1 <- variance_of(before, one$figures[[figure$id]]$statistic)
            v2 <- variance_of(figure, two$figures[[figure$id]]$statistic)
            covariance <- 0
            df <- before$df + figure$df
            if (overlap != "independent") {
              found <- lapply(list(one, two), function(wave) {
                now <<- wave
                joined(influences(wave, figure$id, known(keys(figure$variables) == figure$group)))
              })
              now <<- one
              sums <- Map(psu_sums, list(one, two), found)
              average <- sqrt(averaging(one, found[[1]]$answered) * averaging(two, found[[2]]$answered))
              lonely_product <- function(unit) {
                prod(mapply(function(wave, part, sum) centred(wave, part)[sum$unit == unit], list(one, two), found, sums))
              }
              covariance <- shared_covariance(sums[[1]], sums[[2]], v1, v2, average, overlap, lonely_product)
              in_base <- lapply(sums, function(sum) sum[sum$inside, ])
              df <- length(union(in_base[[1]]$unit, in_base[[2]]$unit)) -
                length(union(in_base[[1]]$stratum, in_base[[2]]$stratum))
            }
            difference <- figure$estimate - before$estimate
            se <- sqrt(max(0, v1 + v2 - 2 * covariance))
            limits <- t_interval(difference, se, df)
            p <- if (!is.na(se) && se > 0 && df >= 1) 2 * pt(-abs(difference) / se, df) else NA
            report(figure$id, figure$variables, figure$group, to = to, list(
              estimate = difference, se = se, low = limits[1], high = limits[2], df = df, n = NA, n_base = NA, p = p))
          }
        }

        """#
}
