internal import SurveyMath
internal import SurveyProblems

/// What the rows of a matrix add to the score equations at a solution, by one linear predictor.
///
///     influence of a row on parameter p = Σ over scores Σ_c shares[p, c] · x_c · score
struct ModelScore: Sendable {
    /// By padded row, for a weight of 1; anything where the weights of the fit are 0.
    let values: [Double]
    /// The columns of the matrix that it goes with.
    let columns: Range<Int>
    /// Parameter × column of these.
    let shares: Matrix
}

extension ModelMatrix {
    /// The sums of weight × influence over the complete rows of each unit, by parameter and unit.
    ///
    /// Products of score and column are summed by unit first; parameters are made of the sums.
    /// - Shapes: `weights` by row in use, in units of `scale`; `starts` where each unit begins among these rows, and the
    ///   end.
    func unitSums(_ scores: [ModelScore], weights: [Double], scale: Double, starts: [Int]) -> [[Double]] {
        let width = scores.reduce(0) { $0 + $1.columns.count }
        let units = max(0, starts.count - 1)
        let products = frame.kinds.isEmpty ? [] : self.products(scores, width: width)
        let size = 1_024
        let chunks =
            try? Workers.map((units + size - 1) / size, threads: threads) { (chunk, _) throws(Problem) in
                let own = chunk * size..<min(units, (chunk + 1) * size)
                var sums = [Double](repeating: 0, count: own.count * width)
                sums.withUnsafeMutableBufferPointer { sums in
                    guard let start = sums.baseAddress else { return }
                    var row = firstRow(from: starts[own.lowerBound])
                    for unit in own {
                        let first = row
                        while row < frame.positions.count, Int(frame.positions[row]) < starts[unit + 1] { row += 1 }
                        let target = start + (unit - own.lowerBound) * width
                        if frame.kinds.isEmpty {
                            add(scores, rows: first..<row, weights: weights, to: target)
                        } else {
                            add(products, width: width, rows: first..<row, weights: weights, to: target)
                        }
                    }
                }
                return sums
            }
        return (0..<(scores.first?.shares.rows ?? 0)).map { parameter in
            let shares = scores.flatMap { score in
                (0..<score.columns.count).map { score.shares[parameter, $0] / scale }
            }
            return [Double](unsafeUninitializedCapacity: units) { result, count in
                for chunk in chunks ?? [] {
                    for unit in 0..<(chunk.count / max(1, width)) {
                        var sum = 0.0
                        for place in 0..<width { sum += shares[place] * chunk[unit * width + place] }
                        result.initializeElement(at: count, to: sum)
                        count += 1
                    }
                }
            }
        }
    }

    /// The first complete row at or behind a row in use.
    private func firstRow(from position: Int) -> Int {
        var (low, high) = (0, frame.positions.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(frame.positions[middle]) < position { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Score × column, row after row of the matrix.
    private func products(_ scores: [ModelScore], width: Int) -> [Double] {
        let height = ModelMatrix.blockRows
        return [Double](unsafeUninitializedCapacity: paddedCount * width) { products, count in
            values.withUnsafeBufferPointer { values in
                for block in 0..<blockCount {
                    var place = 0
                    for score in scores {
                        for column in score.columns {
                            let source = (block * rank + column) * height
                            for row in 0..<height {
                                let product = values[source + row] * score.values[block * height + row]
                                products.initializeElement(at: (block * height + row) * width + place, to: product)
                            }
                            place += 1
                        }
                    }
                }
            }
            count = paddedCount * width
        }
    }

    /// Adds weight × product of complete rows that share rows of the matrix.
    @inline(__always)
    private func add(
        _ products: [Double], width: Int, rows: Range<Int>, weights: [Double], to target: UnsafeMutablePointer<Double>
    ) {
        products.withUnsafeBufferPointer { products in
            for row in rows {
                let weight = weights[Int(frame.positions[row])]
                if weight == 0 { continue }
                let first = Int(frame.kinds[row]) * width
                for place in 0..<width { target[place] += weight * products[first + place] }
            }
        }
    }

    /// Adds weight × score × column of rows that stand in the matrix one after the other.
    @inline(__always)
    private func add(
        _ scores: [ModelScore], rows: Range<Int>, weights: [Double], to target: UnsafeMutablePointer<Double>
    ) {
        let height = ModelMatrix.blockRows
        withUnsafeTemporaryAllocation(of: Double.self, capacity: height) { weighted in
            values.withUnsafeBufferPointer { values in
                var first = rows.lowerBound
                while first < rows.upperBound {
                    let block = first / height
                    let end = min(rows.upperBound, (block + 1) * height)
                    var place = 0
                    for score in scores {
                        for row in first..<end {
                            let weight = weights[Int(frame.positions[row])]
                            weighted[row - first] = weight == 0 ? 0 : weight * score.values[row]
                        }
                        for column in score.columns {
                            let source = (block * rank + column) * height + first - block * height
                            var sum = 0.0
                            for row in 0..<(end - first) { sum += weighted[row] * values[source + row] }
                            target[place] += sum
                            place += 1
                        }
                    }
                    first = end
                }
            }
        }
    }

    /// Weight × influence of each row in use, by parameter.
    ///
    /// - Shapes: `weights` by row in use, in units of `scale`.
    func influences(_ scores: [ModelScore], weights: [Double], scale: Double) -> [[Double]] {
        let (height, rank) = (ModelMatrix.blockRows, rank)
        return (0..<(scores.first?.shares.rows ?? 0)).map { parameter in
            var own = [Double](repeating: 0, count: paddedCount)
            own.withUnsafeMutableBufferPointer { own in
                guard let start = own.baseAddress else { return }
                let target = SharedNumbers(start)
                ModelMatrix.each(blockCount, threads: threads) { blocks in
                    withUnsafeTemporaryAllocation(of: Double.self, capacity: height) { sum in
                        values.withUnsafeBufferPointer { values in
                            for block in blocks {
                                for score in scores {
                                    for place in 0..<height { sum[place] = 0 }
                                    for (number, column) in score.columns.enumerated() {
                                        let share = score.shares[parameter, number]
                                        if share == 0 { continue }
                                        let source = (block * rank + column) * height
                                        for place in 0..<height { sum[place] += share * values[source + place] }
                                    }
                                    for place in 0..<height {
                                        let row = block * height + place
                                        target.start[row] += sum[place] * score.values[row]
                                    }
                                }
                            }
                        }
                    }
                }
            }
            var whole = [Double](repeating: 0, count: weights.count)
            for (row, position) in frame.positions.enumerated() {
                let weight = weights[Int(position)]
                if weight != 0 { whole[Int(position)] = weight / scale * own[frame.matrixRow(of: row)] }
            }
            return whole
        }
    }
}
