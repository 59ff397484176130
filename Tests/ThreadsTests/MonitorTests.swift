import Testing
import Threads

struct MonitorTests {
    @Test func aWaitEndsWhenTheStateGivesAValue() throws {
        let monitor = Monitor(0)
        let thread = try OperatingSystemThread(stackSize: 128 << 10) {
            monitor.withLock { $0 = 7 }
            monitor.wakeAll()
        }
        var seen: Int?
        while seen == nil { seen = monitor.wait(atMost: 1_000) { $0 == 7 ? $0 : nil } }
        thread.join()
        #expect(seen == 7)
    }

    @Test func aWaitWithoutAValueEndsWithItsTime() {
        let monitor = Monitor(0)
        #expect(monitor.wait(atMost: 1) { $0 == 1 ? $0 : nil } == nil)
    }
}
