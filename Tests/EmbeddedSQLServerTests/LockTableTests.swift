import EmbeddedSQLServer
import Testing

/// Who gets a lock, who waits for whom, and who is ended.
struct LockTableTests {
    private let a = LockResource.database(5)
    private let b = LockResource.database(6)

    /// A table in which each request is answered as it says.
    private func table(
        _ requests: [(Int32, LockResource, LockMode, LockTable.Answer)],
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> LockTable {
        var table = LockTable()
        for (session, resource, mode, answer) in requests {
            let came = table.request(resource, mode, owner: .transaction, session: session)
            #expect(came == answer, sourceLocation: sourceLocation)
        }
        return table
    }

    /// `#expect` of a call that changes the table.
    private func check<Value: Equatable>(
        _ came: Value, _ expected: Value, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(came == expected, sourceLocation: sourceLocation)
    }

    /// "Transaction locking and row versioning guide", "Lock compatibility".
    @Test(arguments: [
        (LockMode.intentShared, [true, true, true, true, false]), (.shared, [true, true, true, false, false]),
        (.update, [true, true, false, false, false]), (.intentExclusive, [true, false, false, true, false]),
        (.exclusive, [false, false, false, false, false]),
    ])
    func modesAreCompatibleAsDocumented(mode: LockMode, expected: [Bool]) {
        let all: [LockMode] = [.intentShared, .shared, .update, .intentExclusive, .exclusive]
        #expect(all.map { mode.isCompatible(with: $0) } == expected)
        #expect(all.map { $0.isCompatible(with: mode) } == expected)
    }

    @Test func modesHeldTogetherHaveTheirNames() {
        #expect(LockMode.shared.union(.intentExclusive).applicationName == "SharedIntentExclusive")
        #expect(LockMode.update.union(.intentExclusive).shortName == "UIX")
        #expect(LockMode.shared.union(.update).applicationName == "Update")
        #expect(LockMode().applicationName == "NoLock")
    }

    @Test func aReleasedLockGoesToTheFirstThatWaits() {
        var table = table([(1, a, .exclusive, .granted), (2, a, .exclusive, .waiting), (3, a, .exclusive, .waiting)])
        #expect(table.sessions(blocking: 3) == [1, 2])
        table.releaseAll([.transaction], of: 1)
        check(table.takeEnding(of: 2), .granted)
        check(table.takeEnding(of: 3), nil)
    }

    @Test func sharersComeTogether() {
        var table = table([(1, a, .exclusive, .granted), (2, a, .shared, .waiting), (3, a, .shared, .waiting)])
        table.releaseAll([.transaction], of: 1)
        check(table.takeEnding(of: 2), .granted)
        check(table.takeEnding(of: 3), .granted)
    }

    @Test func nobodyPassesWhoWaitsLonger() {
        _ = table([(1, a, .shared, .granted), (2, a, .exclusive, .waiting), (3, a, .shared, .waiting)])
    }

    @Test func whoHoldsALockGoesFirstWithMoreOfIt() {
        var table = table([
            (1, a, .shared, .granted), (2, a, .shared, .granted), (3, a, .exclusive, .waiting),
            (1, a, .exclusive, .waiting),
        ])
        table.releaseAll([.transaction], of: 2)
        check(table.takeEnding(of: 1), .granted)
        check(table.takeEnding(of: 3), nil)
    }

    @Test func aCancelledWaitLetsOthersPass() {
        var table = table([(1, a, .shared, .granted), (2, a, .exclusive, .waiting), (3, a, .shared, .waiting)])
        check(table.cancel(2), nil)
        check(table.takeEnding(of: 3), .granted)
    }

    @Test func whoClosesACircleOfEqualsIsEnded() {
        var table = table([
            (1, a, .exclusive, .granted), (2, b, .exclusive, .granted), (1, b, .exclusive, .waiting),
            (2, a, .exclusive, .deadlock),
        ])
        table.releaseAll([.transaction], of: 2)
        check(table.takeEnding(of: 1), .granted)
    }

    @Test(arguments: [
        (LockTable.Worth(priority: -5, cost: 900), LockTable.Worth(priority: 0, cost: 1), Int32(1)),
        (LockTable.Worth(priority: 3, cost: 1), LockTable.Worth(priority: 2, cost: 9), Int32(2)),
        (LockTable.Worth(priority: 0, cost: 2), LockTable.Worth(priority: 0, cost: 9), Int32(1)),
    ])
    func theLowestPriorityAndThenTheLeastWorkLoses(one: LockTable.Worth, two: LockTable.Worth, victim: Int32) {
        var table = LockTable()
        _ = table.request(a, .exclusive, owner: .transaction, session: 1)
        _ = table.request(b, .exclusive, owner: .transaction, session: 2)
        _ = table.request(b, .exclusive, owner: .transaction, session: 1, worth: one)
        let answer = table.request(a, .exclusive, owner: .transaction, session: 2, worth: two)
        #expect(answer == (victim == 2 ? .deadlock : .waiting))
        if victim == 1 {
            check(table.takeEnding(of: 1), .deadlock)
            table.releaseAll([.transaction], of: 1)
            check(table.takeEnding(of: 2), .granted)
        }
    }

    @Test func twoSharersThatBothWantToWriteAreADeadlock() {
        _ = table([
            (1, a, .shared, .granted), (2, a, .shared, .granted), (1, a, .exclusive, .waiting),
            (2, a, .exclusive, .deadlock),
        ])
    }

    @Test func aCircleOfThreeIsFound() {
        let c = LockResource.application(database: 5, principal: "public", name: "c")
        _ = table([
            (1, a, .exclusive, .granted), (2, b, .exclusive, .granted), (3, c, .exclusive, .granted),
            (1, b, .exclusive, .waiting), (2, c, .exclusive, .waiting), (3, a, .exclusive, .deadlock),
        ])
    }

    @Test func aLockIsHeldUntilItIsReleasedAsOftenAsItWasTaken() {
        var table = table([(1, a, .shared, .granted), (1, a, .exclusive, .granted)])
        check(table.release(a, owner: .transaction, session: 1), true)
        #expect(table.held(a, by: 1) == .exclusive)
        #expect(!table.isFree(a, .shared, for: 2))
        check(table.release(a, owner: .transaction, session: 1), true)
        check(table.release(a, owner: .transaction, session: 1), false)
        #expect(table.isFree(a, .exclusive, for: 2))
    }

    @Test func ownersOfOneSessionDoNotDisturbEachOther() {
        var table = LockTable()
        check(table.request(a, .exclusive, owner: .session, session: 1), .granted)
        check(table.request(a, .exclusive, owner: .transaction, session: 1), .granted)
        table.releaseAll([.transaction], of: 1)
        #expect(!table.isFree(a, .shared, for: 2))
        table.forget(1)
        #expect(table.isFree(a, .exclusive, for: 2))
    }
}
