/// True if two numbers agree to a relative tolerance on the scale of the expected one, or of `scale` if that is greater.
public func isClose(_ found: Double, _ expected: Double, tolerance: Double = 1e-9, scale: Double = 0) -> Bool {
    if found == expected { return true }
    return abs(found - expected) <= tolerance * max(abs(expected), scale)
}
