/// Tells whether two margins can be met together with the crossed categories that occur, by a flow of greatest size.
///
/// The total of each category of the first margin must be spread over the categories of the second with which it
/// occurs. That is possible if and only if the greatest flow from the first to the second carries everything (Hall's
/// condition; Ford and Fulkerson 1962). Where it is possible only with nothing in a pair that occurs, weights would go
/// to 0 there: such pairs lie between two strongly connected parts of what the flow leaves.
struct MarginFlow {
    enum Finding: Equatable {
        case possible
        /// These categories of the first margin need more than those of the second, with which alone they occur, have.
        case tooMuch(first: [Int], second: [Int])
        /// Of the pairs that occur these two categories' one would be left with nothing: `first` and `second` take each
        /// other up.
        case leftEmpty(pair: (Int, Int), first: [Int], second: [Int])

        static func == (left: Finding, right: Finding) -> Bool {
            switch (left, right) {
            case (.possible, .possible): true
            case (.tooMuch(let a, let b), .tooMuch(let c, let d)): a == c && b == d
            case (.leftEmpty(let a, let b, let c), .leftEmpty(let d, let e, let f)): a == d && b == e && c == f
            default: false
            }
        }
    }

    private let firstCount: Int
    private let secondCount: Int
    private let pairs: [(first: Int, second: Int)]
    /// For each node (first margin, then second) the numbers of its pairs.
    private var pairsOfNode: [[Int]]
    private var flow: [Double]
    private var supply: [Double]
    private var demand: [Double]
    private let tolerance: Double

    /// Takes the targets of both margins and the pairs of categories that occur, each once.
    init(first: [Double], second: [Double], pairs: [(first: Int, second: Int)]) {
        firstCount = first.count
        secondCount = second.count
        self.pairs = pairs
        pairsOfNode = [[Int]](repeating: [], count: first.count + second.count)
        for (number, pair) in pairs.enumerated() {
            pairsOfNode[pair.first].append(number)
            pairsOfNode[first.count + pair.second].append(number)
        }
        flow = [Double](repeating: 0, count: pairs.count)
        supply = first
        demand = second
        tolerance = 1e-9 * max(first.reduce(0, +), second.reduce(0, +))
    }

    mutating func finding() -> Finding {
        fill()
        while augment() {}
        let left = (0..<firstCount).filter { supply[$0] > tolerance }
        if !left.isEmpty {
            let (first, second) = reached(from: left)
            return .tooMuch(first: first, second: second)
        }
        return emptied()
    }

    /// A flow to begin with: what each pair can take.
    private mutating func fill() {
        for (number, pair) in pairs.enumerated() { push(min(supply[pair.first], demand[pair.second]), number) }
    }

    private mutating func push(_ amount: Double, _ number: Int) {
        flow[number] += amount
        supply[pairs[number].first] -= amount
        demand[pairs[number].second] -= amount
    }

    /// Sends what is left along shortest ways, all of one length at a time (Dinic 1970); false if there is no way.
    private mutating func augment() -> Bool {
        let nodeCount = firstCount + secondCount
        var level = [Int](repeating: -1, count: nodeCount)
        var queue = (0..<firstCount).filter { supply[$0] > tolerance }
        for node in queue { level[node] = 0 }
        var position = 0
        var isReached = false
        while position < queue.count {
            let node = queue[position]
            position += 1
            for number in pairsOfNode[node] {
                let other = across(number, from: node)
                guard level[other] < 0, node < firstCount || flow[number] > tolerance else { continue }
                level[other] = level[node] + 1
                if other >= firstCount, demand[other - firstCount] > tolerance { isReached = true }
                queue.append(other)
            }
        }
        guard isReached else { return false }
        var next = [Int](repeating: 0, count: nodeCount)
        var hasMoved = false
        for source in 0..<firstCount where supply[source] > tolerance {
            while supply[source] > tolerance, let way = way(from: source, level, &next) {
                hasMoved = true
                send(along: way, from: source)
            }
        }
        return hasMoved
    }

    private func across(_ number: Int, from node: Int) -> Int {
        node < firstCount ? firstCount + pairs[number].second : pairs[number].first
    }

    /// A way of pairs from a category to one that has room, level by level; dead ends are not tried again.
    private func way(from source: Int, _ level: [Int], _ next: inout [Int]) -> [Int]? {
        var way: [Int] = []
        var node = source
        while true {
            if node >= firstCount, demand[node - firstCount] > tolerance { return way }
            var step: Int?
            while next[node] < pairsOfNode[node].count {
                let number = pairsOfNode[node][next[node]]
                let isOpen = node < firstCount || flow[number] > tolerance
                if isOpen, level[across(number, from: node)] == level[node] + 1 {
                    step = number
                    break
                }
                next[node] += 1
            }
            if let step {
                way.append(step)
                node = across(step, from: node)
            } else {
                guard let last = way.popLast() else { return nil }
                node = across(last, from: node)
                next[node] += 1
            }
        }
    }

    private mutating func send(along way: [Int], from source: Int) {
        var amount = supply[source]
        for (step, number) in way.enumerated() where step % 2 == 1 { amount = min(amount, flow[number]) }
        guard let last = way.last else { return }
        amount = min(amount, demand[pairs[last].second])
        for (step, number) in way.enumerated() { flow[number] += step % 2 == 0 ? amount : -amount }
        supply[source] -= amount
        demand[pairs[last].second] -= amount
    }

    /// Everything that can be reached from categories of the first margin; the second margin's part is all they occur with.
    private func reached(from sources: [Int]) -> (first: [Int], second: [Int]) {
        var isReached = [Bool](repeating: false, count: firstCount + secondCount)
        var waiting = sources
        for node in sources { isReached[node] = true }
        while let node = waiting.popLast() {
            for number in pairsOfNode[node] where node < firstCount || flow[number] > tolerance {
                let other = across(number, from: node)
                if !isReached[other] {
                    isReached[other] = true
                    waiting.append(other)
                }
            }
        }
        return (
            (0..<firstCount).filter { isReached[$0] }, (0..<secondCount).filter { isReached[firstCount + $0] }
        )
    }

    /// Looks for a pair that no full flow can use.
    private func emptied() -> Finding {
        let parts = strongParts()
        for (number, pair) in pairs.enumerated() where flow[number] <= tolerance {
            guard parts[pair.first] != parts[firstCount + pair.second] else { continue }
            let (first, second) = reachedFromSecond(pair.second)
            return .leftEmpty(pair: (pair.first, pair.second), first: first, second: second)
        }
        return .possible
    }

    private func reachedFromSecond(_ category: Int) -> (first: [Int], second: [Int]) {
        let givers = pairsOfNode[firstCount + category].filter { flow[$0] > tolerance }.map { pairs[$0].first }
        let (first, second) = reached(from: givers)
        return (first, second)
    }

    /// The strongly connected part of each node (Tarjan 1972), without recursion.
    private func strongParts() -> [Int] {
        let nodeCount = firstCount + secondCount
        var part = [Int](repeating: -1, count: nodeCount)
        var index = [Int](repeating: -1, count: nodeCount)
        var low = index
        var next = [Int](repeating: 0, count: nodeCount)
        var stack: [Int] = []
        var (counter, partCount) = (0, 0)
        for root in 0..<nodeCount where index[root] < 0 {
            var path = [root]
            while let node = path.last {
                if index[node] < 0 {
                    index[node] = counter
                    low[node] = counter
                    counter += 1
                    stack.append(node)
                }
                var descends = false
                while next[node] < pairsOfNode[node].count {
                    let number = pairsOfNode[node][next[node]]
                    next[node] += 1
                    guard node < firstCount || flow[number] > tolerance else { continue }
                    let other = across(number, from: node)
                    if index[other] < 0 {
                        path.append(other)
                        descends = true
                        break
                    }
                    if part[other] < 0 { low[node] = min(low[node], index[other]) }
                }
                if descends { continue }
                path.removeLast()
                if let parent = path.last { low[parent] = min(low[parent], low[node]) }
                guard low[node] == index[node] else { continue }
                while let member = stack.popLast() {
                    part[member] = partCount
                    if member == node { break }
                }
                partCount += 1
            }
        }
        return part
    }
}
