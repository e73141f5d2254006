import Testing

/// What `estimate` and `indicators` are asked for: nothing twice, nothing that cannot be obeyed.
struct RequestTests {
    @Test func `what is asked twice is answered once, so that ids differ`() throws {
        let folder = try PreparedStudy.small()
        for line in [
            "estimate wave.csv --weight weight --share sex,sex --share sex --count --by sex --by sex",
            "indicators small-study.saual --by sex --by sex",
        ] {
            let rows = try JSON.rows(try folder.saual(line + " --format json").output)
            let ids = rows.compactMap { $0["id"] }
            #expect(!ids.isEmpty && Set(ids).count == rows.count, "\(line)")
        }
    }

    @Test func `a set of answers makes no groups`() throws {
        let folder = try PreparedStudy.small()
        let result = try folder.saual("estimate small-study.saual --count --by channels")
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.errors.hasPrefix("\"channels\" makes no groups\n"))
    }

    @Test func `an interval of shares needs a share`() throws {
        let folder = try PreparedStudy.small()
        let result = try folder.saual("estimate small-study.saual --mean trust --ci beta")
        #expect(result.status == 2)
        #expect(
            result.errors == """
                --ci goes with shares only
                  why:   beta is an interval of a share, and no share is asked for
                  fix:   add --share, or drop --ci

                """)
        #expect(try folder.saual("estimate small-study.saual --mean trust --share sex --ci beta").status == 0)
    }

    @Test func `options of reading that change numbers change the ids`() throws {
        let folder = try Folder()
        try folder.write("n;g\n1,5;a\n2;a\n3;b\n", to: "x.csv")
        let ids = try [".", ","].map { sign in
            try JSON.rows(try folder.saual("estimate x.csv --mean n --decimal \(sign) --format json").output)
                .compactMap { $0["id"] }
        }
        #expect(ids[0].count == 1 && ids[0] != ids[1])
    }

    @Test func `a dry run is JSON where JSON is asked for`() throws {
        let folder = try PreparedStudy.small()
        let result = try folder.saual("estimate wave.csv --mean age --dry-run --format json")
        #expect(result.output == #"{"saual":"dry-run/1","read":["wave.csv (age)"],"write":["-"]}"# + "\n")
    }

    @Test func `an error that cannot be computed has a flag`() throws {
        let folder = try Folder()
        try folder.write("w,y\n1e-320,1\n1e-320,2\n1e-320,5\n", to: "x.csv")
        let rows = try JSON.rows(try folder.saual("estimate x.csv --weight w --mean y --format json").output)
        #expect(rows.count == 1 && rows[0].has("se") && rows[0].number("se") == nil)
        #expect(rows[0].fields["flags"] as? [String] == ["undefined"])
    }
}
