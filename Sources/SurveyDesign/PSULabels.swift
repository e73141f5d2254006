/// The labels of the PSUs of a sample, by PSU number.
package struct PSULabels: Sendable {
    /// Distinct keys, and the key of each PSU.
    private let names: [String]
    private let nameOfPSU: [UInt32]

    init(names: [String], nameOfPSU: [UInt32]) {
        self.names = names
        self.nameOfPSU = nameOfPSU
    }

    package subscript(psu: Int) -> String { names[Int(nameOfPSU[psu])] }

    /// The labels of some PSUs, numbered anew.
    func keeping(_ psus: [Int]) -> PSULabels {
        PSULabels(names: names, nameOfPSU: psus.map { nameOfPSU[$0] })
    }
}
