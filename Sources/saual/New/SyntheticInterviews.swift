/// The made-up interviews of a new study's example wave: 200 rows that nobody was asked for, the same every time.
///
/// Four regions, five PSUs a region, ten interviews a PSU. Only whole-number arithmetic and comparisons make them, so the
/// bytes are the same on every machine.
enum SyntheticInterviews {
    static let seed: UInt64 = 20_260_501

    static var csv: String {
        var random = SplitMix(state: seed)
        var text = "number,region,psu,base_weight,sex,age,contact,paid,trust\n"
        var number = 0
        for region in 1...4 {
            for unit in 1...5 {
                // Interviews of one PSU resemble each other, as neighbours do.
                let habit = random.below(9) - 4
                for _ in 1...10 {
                    number += 1
                    let weight = 900 + 100 * region + random.below(200)
                    let sex = random.below(100) < 47 ? 1 : 2
                    let age = 18 + random.below(35) + random.below(30)
                    let contact = random.below(100) < 70 + habit - age / 4 ? 1 : 2
                    let paid =
                        contact == 1 ? code(random.below(100), shares: [(1, 22 + habit), (2, 92), (98, 97)]) : ""
                    let trust = code(
                        random.below(100), shares: [(1, 18 - habit), (2, 52 - habit), (3, 75), (4, 94)], else: "98")
                    let digits = String(number)
                    let name = "SYNTHETIC-" + String(repeating: "0", count: 3 - digits.count) + digits
                    text += "\(name),0\(region),\(region)0\(unit),\(weight).\(random.below(10)),\(sex),\(age),"
                    text += "\(contact),\(paid),\(trust)\n"
                }
            }
        }
        return text
    }

    /// The first code whose cumulated share, in percent, is above a draw.
    private static func code(_ draw: Int, shares: [(code: Int, upTo: Int)], else last: String = "99") -> String {
        shares.first { draw < $0.upTo }.map { String($0.code) } ?? last
    }
}

/// Random numbers that repeat: SplitMix64 (Steele, Lea and Flood 2014).
private struct SplitMix {
    var state: UInt64

    /// A number from 0 to `bound` - 1; the bias of the remainder is below 2⁻⁵⁰ here.
    mutating func below(_ bound: UInt64) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: (z ^ (z >> 31)) % bound)
    }
}
