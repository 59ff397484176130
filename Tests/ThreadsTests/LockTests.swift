import Testing
import Threads

@Suite("A lock")
struct LockTests {
    @Test func lendsItsStateAndGivesBackAResult() {
        let lock = Lock([1])
        #expect(
            lock.withLock { state in
                state.append(2); return state.count
            } == 2)
        #expect(lock.withLock { $0 } == [1, 2])
    }

    @Test func isFreeAgainAfterAnError() {
        struct Refusal: Error {}
        let lock = Lock(0)
        #expect(throws: Refusal.self) {
            try lock.withLock { (state) throws(Refusal) in
                state = 1
                throw Refusal()
            }
        }
        #expect(lock.withLock { $0 } == 1)
    }

    @Test func letsOneInAtATime() async {
        let lock = Lock((count: 0, inside: 0, mostInside: 0))
        await withTaskGroup { group in
            for _ in 0..<16 {
                group.addTask {
                    for _ in 0..<5_000 {
                        lock.withLock { state in
                            state.inside += 1
                            state.mostInside = max(state.mostInside, state.inside)
                            state.count += 1
                            state.inside -= 1
                        }
                    }
                }
            }
        }
        #expect(lock.withLock { $0.count } == 80_000)
        #expect(lock.withLock { $0.mostInside } == 1)
    }
}
