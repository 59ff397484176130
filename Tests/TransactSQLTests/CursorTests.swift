import Testing
import TransactSQL

@Suite struct CursorTests {
    private func cursor(_ text: String) throws -> CursorStatement {
        guard case .cursor(let cursor) = try #require(try Parser.parse(batch: text).first).kind else {
            throw TestFailure()
        }
        return cursor
    }

    @Test(arguments: [
        ("DECLARE c CURSOR FOR SELECT 1", [], false),
        (
            "DECLARE c INSENSITIVE SCROLL CURSOR FOR SELECT 1 FOR READ ONLY", ["INSENSITIVE", "SCROLL", "READ_ONLY"],
            false
        ),
        (
            "DECLARE c CURSOR LOCAL FAST_FORWARD FOR WITH x AS (SELECT 1 AS a) SELECT a FROM x",
            ["LOCAL", "FAST_FORWARD"], false
        ),
        ("DECLARE c CURSOR DYNAMIC FOR SELECT a FROM t ORDER BY a FOR UPDATE OF a", ["DYNAMIC"], true),
    ])
    func aDeclarationHasOptionsAndAQuery(text: String, options: [String], isForUpdate: Bool) throws {
        guard case .declare(let name, let definition) = try cursor(text) else { throw TestFailure() }
        #expect(name.value == "c")
        #expect(definition.options == options)
        #expect(definition.isForUpdate == isForUpdate)
    }

    @Test(arguments: [
        ("FETCH NEXT FROM c INTO @a, @b", "next", 2), ("FETCH c", "next", 0), ("FETCH FROM GLOBAL c", "next", 0),
        ("FETCH PRIOR FROM @c", "prior", 0), ("FETCH ABSOLUTE -2 FROM c", "absolute((- 2))", 0),
        ("FETCH RELATIVE @n FROM c INTO @a", "relative(@n)", 1),
    ])
    func aFetchHasADirection(text: String, direction: String, variables: Int) throws {
        guard case .fetch(let fetch) = try cursor(text) else { throw TestFailure() }
        #expect(TreeText.dump(fetch.direction) == direction)
        #expect(fetch.into.count == variables)
    }
}
