/// Ids of questions made of the names of other programs, all different.
struct FormIDs {
    private var taken: Set<String> = []
    /// The number that was last put behind each name.
    private var numbers: [String: Int] = [:]

    /// The name, with `_` for what an id may not have and a number where another question has it.
    mutating func id(of name: String) -> String {
        let plain = FormNames.identifier(name.isEmpty ? "v" : name)
        if taken.insert(plain).inserted { return plain }
        var number = numbers[plain] ?? 1
        var id = plain
        repeat {
            number += 1
            id = "\(plain)_\(number)"
        } while !taken.insert(id).inserted
        numbers[plain] = number
        return id
    }
}
