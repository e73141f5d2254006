/// A square matrix of −1 and 1 whose rows are orthogonal: H H' = n I.
///
/// The first row is all 1.
///
/// Orders come from Paley's constructions over fields of p or p² elements and from doubling. Up to 400 these are all
/// multiples of 4 but 92, 116, 156, 172, 184, 188, 232, 236, 260, 268, 292, 324, 344, 356, 372, 376 and 404, which need others.
///
/// Source: Paley (1933), Journal of Mathematics and Physics 12, 311–320; Sylvester (1867).
public struct HadamardMatrix: Sendable {
    public let order: Int
    /// Row after row.
    private let signs: [Int8]

    /// The largest order that is made.
    public static let greatestOrder = 4096

    /// The matrix of an order; nil where no construction gives it.
    public init?(order: Int) {
        guard order >= 1, order <= HadamardMatrix.greatestOrder, let signs = HadamardMatrix.signs(order) else {
            return nil
        }
        self.order = order
        // Each column times its first sign: rows stay orthogonal.
        var made = signs
        for column in 0..<order where signs[column] < 0 {
            for row in 0..<order { made[row * order + column] *= -1 }
        }
        self.signs = made
    }

    /// The smallest matrix whose order is above a number; nil beyond ``greatestOrder``.
    public init?(above number: Int) {
        guard number < HadamardMatrix.greatestOrder else { return nil }
        for order in max(1, number + 1)...HadamardMatrix.greatestOrder where order < 3 || order.isMultiple(of: 4) {
            guard let made = HadamardMatrix(order: order) else { continue }
            self = made
            return
        }
        return nil
    }

    /// −1 or 1.
    public subscript(row: Int, column: Int) -> Int { Int(signs[row * order + column]) }

    private static func signs(_ order: Int) -> [Int8]? {
        if order == 1 { return [1] }
        if order == 2 { return [1, 1, 1, -1] }
        guard order.isMultiple(of: 4) else { return nil }
        if let field = SquareResidues(size: order - 1), (order - 1) % 4 == 3 { return paleyFirst(field) }
        if let half = signs(order / 2) { return doubled(half, order / 2) }
        if let field = SquareResidues(size: order / 2 - 1), (order / 2 - 1) % 4 == 1 { return paleySecond(field) }
        return nil
    }

    private static func doubled(_ signs: [Int8], _ order: Int) -> [Int8] {
        var made = [Int8](repeating: 1, count: 4 * order * order)
        for row in 0..<order {
            for column in 0..<order {
                let sign = signs[row * order + column]
                made[row * 2 * order + column] = sign
                made[row * 2 * order + column + order] = sign
                made[(row + order) * 2 * order + column] = sign
                made[(row + order) * 2 * order + column + order] = -sign
            }
        }
        return made
    }

    /// I + S, S = (0, 1'; −1, Q) with the residues Q of a field of 4k + 3 elements.
    private static func paleyFirst(_ field: SquareResidues) -> [Int8] {
        let order = field.size + 1
        var made = [Int8](repeating: 1, count: order * order)
        for row in 1..<order {
            made[row * order] = -1
            for column in 1..<order {
                made[row * order + column] = row == column ? 1 : field.sign(row - 1, minus: column - 1)
            }
        }
        return made
    }

    /// C ⊗ (1, 1; 1, −1) + I ⊗ (1, −1; −1, −1), C = (0, 1'; 1, Q) with the residues Q of a field of 4k + 1 elements.
    private static func paleySecond(_ field: SquareResidues) -> [Int8] {
        let half = field.size + 1
        let order = 2 * half
        var made = [Int8](repeating: 0, count: order * order)
        for row in 0..<half {
            for column in 0..<half {
                let block: [Int8]
                if row == column {
                    block = [1, -1, -1, -1]
                } else {
                    let sign: Int8 = row == 0 || column == 0 ? 1 : field.sign(row - 1, minus: column - 1)
                    block = [sign, sign, sign, -sign]
                }
                for place in 0..<4 { made[(2 * row + place / 2) * order + 2 * column + place % 2] = block[place] }
            }
        }
        return made
    }
}

/// Which elements of a field of p or p² elements are squares; elements are a + b·x with x² a number that is no square.
private struct SquareResidues {
    let size: Int
    private let prime: Int
    private var isSquare: [Bool]

    init?(size: Int) {
        guard size >= 3 else { return nil }
        var root = 1
        while (root + 1) * (root + 1) <= size { root += 1 }
        let prime = root * root == size ? root : size
        guard prime > 2, SquareResidues.isPrime(prime) else { return nil }
        self.size = size
        self.prime = prime
        isSquare = [Bool](repeating: false, count: size)
        let plain = Set((0..<prime).map { $0 * $0 % prime })
        let other = (2..<prime).first { !plain.contains($0) } ?? 0
        for element in 0..<size {
            let (a, b) = (element % prime, element / prime)
            isSquare[(a * a + b * b % prime * other) % prime + 2 * a * b % prime * prime] = true
        }
    }

    /// 1 if the difference of two different elements is a square, else −1.
    func sign(_ left: Int, minus right: Int) -> Int8 {
        let a = (left % prime - right % prime + prime) % prime
        let b = (left / prime - right / prime + prime) % prime
        return isSquare[a + b * prime] ? 1 : -1
    }

    private static func isPrime(_ number: Int) -> Bool {
        var divisor = 2
        while divisor * divisor <= number {
            if number.isMultiple(of: divisor) { return false }
            divisor += 1
        }
        return number > 1
    }
}
