public import SurveyProblems

extension StudyFile {
    /// Returns the texts that the study was made from, study.yaml first; none for a file that only imports made.
    /// - Throws: ``Problem`` `store.damaged-record` if one does not match its checksum.
    public func documents() throws(Problem) -> [StudyDocument] {
        let statement = try connection.prepare("SELECT position, name, text, checksum FROM documents ORDER BY position")
        var documents: [StudyDocument] = []
        while try statement.step() {
            let document = StudyDocument(name: statement.text(1), text: Array(statement.text(2).utf8))
            guard document.checksum(position: statement.integer(0)).stored == statement.integer(3) else {
                throw .damagedRecord(path, table: "documents", key: document.name)
            }
            documents.append(document)
        }
        return documents
    }

    /// Keeps these texts in place of those kept before.
    public func replaceDocuments(with documents: [StudyDocument]) throws(Problem) {
        try connection.transaction("BEGIN IMMEDIATE") { () throws(Problem) in
            try connection.run("DELETE FROM documents")
            for (position, document) in documents.enumerated() {
                try connection.run(
                    "INSERT INTO documents VALUES (?, ?, ?, ?)",
                    [
                        .integer(position), .text(document.name), .text(String(decoding: document.text, as: UTF8.self)),
                        .integer(document.checksum(position: position).stored),
                    ])
            }
        }
    }
}
