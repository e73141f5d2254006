internal import Glibc
internal import SurveyProblems

/// The words of a contrast's text.
enum ContrastTokens {
    enum Token: Equatable {
        case number(Double)
        /// A name, or a text in backquotes; only bare names can be functions.
        case name(String, isQuoted: Bool)
        /// One of + - * / ^ ( ) [ ] { } , =
        case sign(Character)
    }

    /// Characters of a name that needs no backquotes: letters, digits, points and underscores.
    static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || (scalar.value >= 48 && scalar.value <= 57) || scalar == "." || scalar == "_"
    }

    private static let signs: [Character: Character] = [
        "+": "+", "-": "-", "−": "-", "*": "*", "×": "*", "/": "/", "÷": "/", "^": "^", "(": "(", ")": ")", "[": "[",
        "]": "]", "{": "{", "}": "}", ",": ",", "=": "=",
    ]

    /// Cuts a text into words, each with the position of its first character, from 1.
    static func of(_ text: String) throws(Problem) -> [(token: Token, position: Int)] {
        let characters = Array(text)
        var tokens: [(token: Token, position: Int)] = []
        var at = 0
        // Inside [ ] and { } everything is a code: 01 is not the number 1.
        var isCode = false
        while at < characters.count {
            let (start, character) = (at, characters[at])
            if character.isWhitespace {
                at += 1
            } else if character == "`" {
                guard let end = characters[(at + 1)...].firstIndex(of: "`") else {
                    throw .wrongContrast(text, position: start + 1, reason: "`")
                }
                tokens.append((.name(String(characters[(at + 1)..<end]), isQuoted: true), start + 1))
                at = end + 1
            } else if let sign = signs[character] {
                isCode = "[{".contains(sign) ? true : "]}".contains(sign) ? false : isCode
                tokens.append((.sign(sign), start + 1))
                at += 1
            } else if isPart(character) {
                while at < characters.count, isPart(characters[at]) { at += 1 }
                if !isCode, character.isNumber || character == "." {
                    // 1e-3 holds a sign that belongs to the number.
                    if at < characters.count, "+-".contains(characters[at]), "eE".contains(characters[at - 1]),
                        Double(String(characters[start..<(at - 1)])) != nil
                    {
                        at += 1
                        while at < characters.count, isPart(characters[at]) { at += 1 }
                    }
                    guard let number = Double(String(characters[start..<at])), number.isFinite else {
                        throw .wrongContrast(text, position: start + 1, reason: String(characters[start..<at]))
                    }
                    tokens.append((.number(number), start + 1))
                } else {
                    tokens.append((.name(String(characters[start..<at]), isQuoted: false), start + 1))
                }
            } else {
                throw .wrongContrast(text, position: start + 1, reason: String(character))
            }
        }
        return tokens
    }

    private static func isPart(_ character: Character) -> Bool { character.unicodeScalars.allSatisfy(isNamePart) }
}

extension Problem {
    /// A contrast that cannot be read.
    static func wrongContrast(_ text: String, position: Int, reason: String) -> Problem {
        Problem(
            "estimation.wrong-contrast", .usage, what: "The contrast \"\(text)\" cannot be read",
            place: Place(position: position),
            why:
                "names of estimates, numbers, + - * / ^, parentheses, log, exp and sqrt are allowed; found \"\(reason)\" at character \(position)",
            fix: "write for example s01[1]{sex=2} - s01[1]{sex=1}, with backquotes around names that hold other signs")
    }
}
