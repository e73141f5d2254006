# models-answers.json: margins and likelihood-ratio tests of ordinal and multinomial models.
#
# R 4.2.2, packages survey 4.1-1, numDeriv 2016.8-1.1 and jsonlite; Rscript Tests/Reference/models-answers.R (2026-11-21)
#
# survey has svyolr, whose Hessian is numeric, and nothing for multinomial models. So both are fitted here by Newton's method on
# the weighted likelihood with derivatives by Richardson's extrapolation (numDeriv), and their covariance is that of the
# influences by svyrecvar. svyolr and its regTermTest(method = "LRT") stand beside them, for weights of mean 1: with others the
# package multiplies the eigenvalues by the mean weight.
suppressMessages({ library(survey); library(numDeriv); library(jsonlite) })
args <- commandArgs(FALSE)
folder <- dirname(sub("--file=", "", args[grep("--file=", args)]))
data <- read.csv(file.path(folder, "data", "apistrat.csv"), stringsAsFactors = TRUE)
data$one <- data$pw / mean(data$pw)
data$level <- factor(ifelse(data$meals < 30, "1 low", ifelse(data$meals < 60, "2 middle", "3 high")))
design <- svydesign(ids = ~1, strata = ~stype, weights = ~one, fpc = ~fpc, data = data)
w <- weights(design)
y <- as.integer(data$level)
answers <- nlevels(data$level)

columns <- function(formula, frame) model.matrix(formula, frame)
probabilities <- list(
  logit = function(b, x) {
    p <- ncol(x) - 1
    eta <- if (p > 0) drop(x[, -1, drop = FALSE] %*% b[1:p]) else rep(0, nrow(x))
    below <- cbind(0, plogis(outer(-eta, b[p + 1:(answers - 1)], "+")), 1)
    below[, -1] - below[, -(answers + 1)]
  },
  probit = function(b, x) {
    p <- ncol(x) - 1
    eta <- if (p > 0) drop(x[, -1, drop = FALSE] %*% b[1:p]) else rep(0, nrow(x))
    below <- cbind(0, pnorm(outer(-eta, b[p + 1:(answers - 1)], "+")), 1)
    below[, -1] - below[, -(answers + 1)]
  },
  multinomial = function(b, x) {
    odds <- cbind(1, exp(x %*% matrix(b, ncol(x))))
    odds / rowSums(odds)
  })
fit <- function(kind, formula) {
  x <- columns(formula, data)
  P <- probabilities[[kind]]
  rows <- function(b) log(P(b, x)[cbind(seq_along(y), y)])
  deviance <- function(b) -2 * sum(w * rows(b))
  b <- if (kind == "multinomial") rep(0, ncol(x) * (answers - 1))
       else c(rep(0, ncol(x) - 1), qlogis(cumsum(prop.table(tapply(w, y, sum)))[1:(answers - 1)]))
  b <- optim(b, deviance, method = "BFGS", control = list(maxit = 500))$par
  for (step in 1:6) b <- b - solve(hessian(deviance, b), grad(deviance, b))
  naive <- solve(hessian(deviance, b) / 2)
  z <- w * jacobian(rows, b) %*% naive
  list(b = b, P = P, naive = naive, deviance = deviance(b), formula = formula,
       V = svyrecvar(z, design$cluster, design$strata, design$fpc))
}
margins <- function(model, variable) {
  at <- function(b) c(sapply(levels(data[[variable]]), function(level) {
    set <- data
    set[[variable]] <- factor(level, levels(data[[variable]]))
    colSums(w * model$P(b, columns(model$formula, set))) / sum(w)
  }))
  G <- jacobian(at, model$b)
  rows <- do.call(cbind, lapply(levels(data[[variable]]), function(level) {
    set <- data
    set[[variable]] <- factor(level, levels(data[[variable]]))
    model$P(model$b, columns(model$formula, set))
  }))
  V <- G %*% model$V %*% t(G)
  list(categories = levels(data[[variable]]), answers = levels(data$level), values = at(model$b), covariance = V,
       with_sample = V + vcov(svymean(rows, design)))
}
test <- function(model, smaller, places, df) {
  lambda <- Re(eigen(solve(model$naive[places, places]) %*% model$V[places, places])$values)
  X2 <- smaller$deviance - model$deviance
  list(statistic = X2, lambda = lambda, df2 = df,
       p = survey:::pFsum(X2, rep(1, length(lambda)), lambda, ddf = df, lower.tail = FALSE, method = "saddlepoint"))
}
terms <- "ell + awards + sch.wide"
cases <- lapply(names(probabilities), function(kind) {
  model <- fit(kind, ~ ell + awards + sch.wide)
  smaller <- fit(kind, ~ ell + sch.wide)
  count <- length(model$b)
  places <- if (kind == "multinomial") c(3, 7) else 2
  df <- degf(design) - if (kind == "multinomial") count - 1 else 3
  out <- list(kind = if (kind == "multinomial") kind else "ordinal", link = if (kind == "multinomial") "logit" else kind,
              terms = terms, estimate = model$b, se = sqrt(diag(model$V)), deviance = model$deviance,
              margins = margins(model, "awards"), lrt = test(model, smaller, places, df))
  if (kind != "multinomial") {
    own <- svyolr(level ~ ell + awards + sch.wide, design, method = if (kind == "logit") "logistic" else kind,
                  control = list(reltol = 1e-15, maxit = 1000))
    lrt <- regTermTest(own, ~awards, method = "LRT")
    out$svyolr <- list(estimate = unname(c(coef(own))), se = unname(SE(own)), statistic = as.numeric(lrt$chisq),
                       p = as.numeric(lrt$p))
  }
  out
})
write(toJSON(list(program = paste(R.version.string, "survey", packageVersion("survey"), "numDeriv",
                                  packageVersion("numDeriv")), date = "2026-11-21", cases = cases),
             digits = 17, auto_unbox = TRUE, pretty = TRUE), file.path(folder, "models-answers.json"))
