extension RPrelude {
    /// Changes between two waves.
    static let changes = #"""
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
          if (anyNA(c(v1, v2, one$z, two$z))) return(NA)
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
          if (rule == "correlation" || exact^2 > v1 * v2 * (1 + 1e-9)) correlated else exact
        }

        # A share of 0 or 1 has no error of its own: its variance is read off its interval.
        variance_of <- function(figure, statistic) {
          if (identical(statistic, "share") && figure$estimate %in% c(0, 1) && figure$se == 0)
            return(((figure$high - figure$low) / qt(1 - (1 - level) / 2, figure$df))^2)
          figure$se^2
        }

        # Makes a wave the one that is being computed, with its rule for PSUs that are alone.
        enter <- function(wave) {
          now <<- wave
          options(survey.lonely.psu = wave$lonely)
        }

        # The difference of each figure that both waves have, over the whole and by one variable.
        changes <- function(from, to, ids, overlap) {
          one <- waves[[from]]
          two <- waves[[to]]
          enter(one)
          for (figure in two$done) {
            before <- one$done[[paste(figure$id, paste(figure$variables, collapse = "*"), figure$group, sep = ",")]]
            if (is.null(before) || !(figure$id %in% ids) || length(figure$variables) > 1) next
            v1 <- variance_of(before, one$figures[[figure$id]]$statistic)
            v2 <- variance_of(figure, two$figures[[figure$id]]$statistic)
            covariance <- 0
            df <- before$df + figure$df
            if (overlap != "independent") {
              found <- lapply(list(one, two), function(wave) {
                enter(wave)
                joined(influences(wave, figure$id, known(keys(figure$variables) == figure$group)))
              })
              enter(one)
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
