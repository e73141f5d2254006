import Foundation
import SurveyData
import SurveyDesign
import SurveyTestSupport
import Testing

extension ReferenceCase {
    /// The sample with the replicates of the case: factors of a file, or columns of the data.
    func replicatedSample() throws -> SampleDesign {
        try SampleDesign(try replicatedSpecification(), table: try replicatedTable())
    }

    func replicatedSpecification() throws -> DesignSpecification {
        let replicates = design["replicates"]
        var columns = ReplicatePlan.GivenColumns(
            names: try replicateColumns().map(\.name), scale: replicates["scale"].double,
            scales: replicates["rscales"].array.compactMap(\.double))
        columns.areFactors = replicates["combined_weights"].bool == false
        var plan = ReplicatePlan(.given(columns))
        plan.centresOnEstimate = replicates["mse"].bool ?? false
        // The weight of the two-stage sample stands in its table as well.
        let isStaged = design["fpc"].strings.count > 1
        var specification = DesignSpecification(
            strata: Array(design["strata"].strings.prefix(1)), psu: Array(design["ids"].strings.prefix(1)),
            fpc: isStaged ? nil : design["fpc"].strings.first,
            weight: design["weights"].string ?? (isStaged ? "pw" : nil), isNested: design["nest"].bool ?? false)
        specification.replicates = plan
        return specification
    }

    func replicatedTable() throws -> Table {
        let own = try replicateColumns().filter { column in !data.table.columns.contains { $0.name == column.name } }
        return Table(rowCount: data.table.rowCount, columns: data.table.columns + own)
    }

    private func replicateColumns() throws -> [Column] {
        let replicates = design["replicates"]
        if let prefix = replicates["columns_prefix"].string {
            return data.table.columns.filter { column in
                column.name.hasPrefix(prefix) && Int(column.name.dropFirst(prefix.count)) != nil
            }
        }
        let file = try #require(replicates["file"].string)
        let csv = try ReferenceFolder.csv(folder.appendingPathComponent(file))
        return csv.header.map { Column(name: "replicate " + $0, decimals: csv.column($0) ?? []) }
    }
}
