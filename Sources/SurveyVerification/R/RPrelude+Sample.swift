extension RPrelude {
    /// The sample: design, and weights that were fitted to totals.
    static let sample = #"""
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
        # After a general calibration the numeric columns of x come with the answers.
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
            for (j in seq_len(if (is.null(step$numbers)) 0 else step$numbers)) {
              columns <- c(columns, list(number(paste0("*x", i, ".", j))[step$used]))
            }
            step$x <- do.call(cbind, columns)
            # d / q, with q of a general calibration where its variance takes it.
            step$weight <- if (is.null(step$numbers)) step$before else number(paste0("*d", i))
            step$qr <- qr(step$x * sqrt(step$weight[step$used]))
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
            root <- sqrt(step$weight[step$used])
            y <- z[step$used] / step$after[step$used]
            slopes <- qr.coef(step$qr, y * root)
            slopes[is.na(slopes)] <- 0
            z[step$used] <- step$after[step$used] * (y - as.numeric(step$x %*% slopes))
            z[!step$used] <- 0
          }
          z
        }

        """#
}
