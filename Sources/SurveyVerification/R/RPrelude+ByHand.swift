extension RPrelude {
    /// Errors for which the package has no rule, and scores.
    static let byHand = #"""
        # Errors by hand, where the package has not the rule: PSU sums, centred in their strata ----------------------------

        # The weighted influence of each row on a figure less calibration, the rows of its base, and those with an answer.
        #
        # That of a quantile is (p - 1(y <= q)) / f as in Woodruff's interval: the influence of the share up to it, times the slope
        # -SE(q) / SE(share), so that its variance is the square of the error that the figure has.
        influence <- function(wave, figure, inside) {
          if (figure$statistic == "quantile") {
            found <- quantile_of(figure, inside)
            share <- influence(wave, found$up_to, inside)
            share$z <- found$slope * share$z
            return(share)
          }
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

        """#
}
