internal import SurveyProblems

/// Drives the bytes of a part through a parser.
enum PartFeed {
    /// Reads the part to its end; `check` is asked after each piece whether a callback found a fault.
    static func run(
        _ part: ZipPart, into parser: inout XMLPush, piece: Int, check: (_ offset: Int) throws(Problem) -> Void
    ) throws(Problem) {
        let window = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 16)
        defer { window.deallocate() }
        while true {
            let got = try part.read(into: window, count: 1 << 16)
            var position = 0
            repeat {
                let count = min(piece, got - position)
                let failure: Problem?
                do throws(Problem) {
                    try parser.feed(window + position, count, isLast: got == 0)
                    failure = nil
                } catch { failure = error }
                try check(parser.offset)
                if let failure { throw failure }
                position += count
            } while position < got
            if got == 0 { return }
        }
    }
}
