extension RPrelude {
    /// Shares, means, ratios, bounds and composites.
    static let figures = #"""
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

        # The number that a share p of the weight is up to; a tie is a tie however its sums were rounded.
        quantile_at <- function(y, w, p) {
          order <- order(y)
          sums <- cumsum(w[order])
          y[order][which(sums >= (p - 1e-9) * sum(w))[1]]
        }

        # A quantile: the interval of the share up to it is mapped back (Woodruff 1952).
        quantile_of <- function(figure, inside) {
          used <- (inside & !is.na(figure$y))[now$live]
          if (!any(used)) return(NULL)
          y <- figure$y[now$live][used]
          w <- weights(figure$design)[used]
          estimate <- quantile_at(y, w, figure$p)
          up_to <- made_of("share", as.numeric(figure$y <= estimate), rows(1), figure$domain)
          below <- estimate_of(up_to, inside)
          is_edge <- below$estimate == 1
          shares <- if (is_edge) c(below$low, 1) else t_interval(below$estimate, below$se, below$df)
          ends <- vapply(shares, function(share) {
            if (is.na(share) || share < 0 || share > 1) NA_real_ else as.numeric(quantile_at(y, w, share))
          }, 0)
          if (is_edge && !is.na(below$low) && below$low < figure$p) ends[2] <- NA
          se <- if (below$df < 1) NA else (ends[2] - ends[1]) / (2 * qt(1 - (1 - level) / 2, below$df))
          list(
            estimate = estimate, se = se, low = ends[1], high = ends[2], df = below$df, n = below$n_base,
            n_base = below$n_base, up_to = up_to,
            slope = if (isTRUE(below$se > 0)) -se / below$se else if (identical(se, 0)) 0 else NA)
        }

        # One share, mean, ratio or quantile over the rows inside. Degrees of freedom are counted before missing answers are set aside.
        estimate_of <- function(figure, inside) {
          if (figure$statistic == "quantile") return(quantile_of(figure, inside))
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
        indicator <- function(
          id, statistic, y, x = 1, p = 0.5, domain = TRUE, answered = TRUE, by = list(), bounds = FALSE
        ) {
          domain <- known(rows(domain))
          truth <- rows(y)
          truth[!rows(answered)] <- NA
          y <- as.numeric(if (statistic == "share" && identical(answered, TRUE)) known(truth) else truth)
          x <- as.numeric(rows(x))
          x[!rows(answered)] <- NA
          own <- made_of(statistic, y, x, domain)
          own$p <- p
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

        """#
}
