/// The intraclass correlation of interviewers within strata, by the analysis of variance.
///
///     rho = (B − W) / (B + (m − 1) W)
///     B = Σ n_c (ȳ_c − ȳ_h)² / (C − H)     W = Σ (y − ȳ_c)² / (n − C)     m = (n − Σ_h Σ_c n_c² / n_h) / (C − H)
///
/// with C cells of one interviewer in one of H strata. Interviewers work in few places, so rho holds differences between
/// these places too: it is an upper bound of what interviewers do.
///
/// - Source: Kish (1962), Studies of interviewer variance for attitudinal variables, JASA 57, 92–115; for unequal workloads
///   Donner (1986), International Statistical Review 54, 67–82.
enum InterviewerVariance {
    /// Computes the intraclass correlation of interviewers within strata.
    ///
    /// - Parameters:
    ///   - values: The answer of each interview; nil where there is none.
    ///   - interviewers: The interviewer of each interview, -1 for none.
    ///   - strata: The stratum of each interview, -1 for none.
    /// - Returns: rho with the interviews and interviewers it rests on; nil where each stratum has one interviewer, or where
    ///   nothing varies.
    static func rho(
        _ values: [Double?], interviewers: [Int], strata: [Int]
    ) -> (rho: Double, n: Int, interviewers: Int)? {
        struct Key: Hashable { let stratum, interviewer: Int }
        struct Sums {
            var n = 0.0
            var mean = 0.0
            var squares = 0.0

            // Welford's update: no difference of large sums.
            mutating func add(_ value: Double) {
                n += 1
                let distance = value - mean
                mean += distance / n
                squares += distance * (value - mean)
            }
        }
        var cells: [Key: Sums] = [:]
        var order: [Key] = []
        for row in values.indices {
            guard let value = values[row], interviewers[row] >= 0, strata[row] >= 0 else { continue }
            let key = Key(stratum: strata[row], interviewer: interviewers[row])
            if cells[key] == nil { order.append(key) }
            cells[key, default: Sums()].add(value)
        }
        var totals: [Int: (n: Double, sum: Double, squaredSizes: Double, cells: Int)] = [:]
        for key in order {
            guard let cell = cells[key] else { continue }
            var total = totals[key.stratum] ?? (0, 0, 0, 0)
            total = (
                total.n + cell.n, total.sum + cell.n * cell.mean, total.squaredSizes + cell.n * cell.n, total.cells + 1
            )
            totals[key.stratum] = total
        }
        var (n, between, within, size) = (0.0, 0.0, 0.0, 0.0)
        var (cellCount, strataCount) = (0.0, 0.0)
        var found: Set<Int> = []
        for key in order {
            // A stratum of one interviewer says nothing of differences between interviewers.
            guard let cell = cells[key], let total = totals[key.stratum], total.cells > 1 else { continue }
            let distance = cell.mean - total.sum / total.n
            between += cell.n * distance * distance
            within += cell.squares
            n += cell.n
            size += cell.n * cell.n / total.n
            cellCount += 1
            found.insert(key.interviewer)
        }
        strataCount = Double(totals.values.count { $0.cells > 1 })
        guard cellCount > strataCount, n > cellCount else { return nil }
        let b = between / (cellCount - strataCount)
        let w = within / (n - cellCount)
        let m = (n - size) / (cellCount - strataCount)
        let whole = b + (m - 1) * w
        guard whole > 0 else { return nil }
        return ((b - w) / whole, Int(n), found.count)
    }
}
