internal import CGSL

/// The numbers λ with A x = λ B x, of two symmetric matrices of which B has positive directions only.
public enum GeneralizedEigenvalues {
    /// Returns the eigenvalues, greatest first; nil if B is singular or a number is not finite.
    ///
    /// - Shapes: both matrices row after row, `size` × `size`.
    /// - Source: Golub and Van Loan (2013), §8.7.2: those of L⁻¹ A L⁻ᵀ with L L' = B. Computed by GSL.
    public static func of(_ a: [Double], relativeTo b: [Double], size: Int) -> [Double]? {
        precondition(a.count == size * size && b.count == size * size, "square matrices")
        guard size > 0 else { return [] }
        guard a.allSatisfy(\.isFinite), b.allSatisfy(\.isFinite) else { return nil }
        // Both are scaled so that the diagonal of B is 1: the eigenvalues stay, and rounding does not see units.
        var scale = [Double](repeating: 0, count: size)
        for row in 0..<size {
            guard b[row * size + row] > 0 else { return nil }
            scale[row] = 1 / b[row * size + row].squareRoot()
        }
        guard PivotedCholesky(b, size: size).rank == size else { return nil }
        var (left, right) = (a, b)
        for row in 0..<size {
            for column in 0..<size {
                left[row * size + column] *= scale[row] * scale[column]
                right[row * size + column] *= scale[row] * scale[column]
            }
        }
        guard let values = solved(&left, &right, size: size) else { return nil }
        return values.sorted(by: >)
    }

    private static func solved(_ left: inout [Double], _ right: inout [Double], size: Int) -> [Double]? {
        guard let workspace = gsl_eigen_gensymm_alloc(size) else { return nil }
        defer { gsl_eigen_gensymm_free(workspace) }
        var values = [Double](repeating: 0, count: size)
        let status = MathLibrary.succeeds {
            left.withUnsafeMutableBufferPointer { left in
                right.withUnsafeMutableBufferPointer { right in
                    values.withUnsafeMutableBufferPointer { values -> Int32 in
                        var a = gsl_matrix_view_array(left.baseAddress, size, size)
                        var b = gsl_matrix_view_array(right.baseAddress, size, size)
                        var result = gsl_vector_view_array(values.baseAddress, size)
                        return gsl_eigen_gensymm(&a.matrix, &b.matrix, &result.vector, workspace)
                    }
                }
            }
        }
        return status && values.allSatisfy(\.isFinite) ? values : nil
    }
}
