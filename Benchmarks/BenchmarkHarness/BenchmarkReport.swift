package import CommandLineTools

/// The figures of a run, for people and for programs.
package struct BenchmarkReport: Sendable {
    /// Where it ran.
    package let machine: MachineDescription
    /// What was measured.
    package let results: [BenchmarkResult]

    /// All fields.
    package init(machine: MachineDescription, results: [BenchmarkResult]) {
        self.machine = machine
        self.results = results
    }

    /// The benchmarks and bars that are not kept, one sentence each.
    package var missed: [String] {
        results.flatMap { result in
            result.verdicts.filter { !$0.holds }.map { verdict in
                "\(result.name): \(verdict.bar.variant): \(verdict.bar.text(unit: result.unit)), "
                    + "measured \(verdict.bar.text(of: verdict.measured))"
            }
        }
    }

    // MARK: For people

    /// Two tables: what was measured, and the bars.
    package var text: String {
        "\(machine.text)\n\n" + figures + "\n" + barTable
    }

    /// The medians of one benchmark, a line for each variant, to be told while others still run.
    package static func lines(of result: BenchmarkResult) -> [String] {
        result.variants.map { runs in
            let values = [Metric.wall, .rate, .cpuPerUnit, .peakMemory].compactMap { metric in
                runs.statistics(metric).map { "\(metric.title(unit: result.unit)) \(metric.text($0.median))" }
            }
            return "\(result.name): \(runs.name): " + values.joined(separator: ", ")
        }
    }

    private var figures: String {
        let columns = [
            OutputColumn("benchmark"), OutputColumn("variant"), OutputColumn("runs", isNumeric: true),
            OutputColumn("wall", isNumeric: true), OutputColumn("min..max"), OutputColumn("units/s", isNumeric: true),
            OutputColumn("unit"), OutputColumn("CPU/unit", isNumeric: true), OutputColumn("driver", isNumeric: true),
            OutputColumn("wall x", isNumeric: true), OutputColumn("CPU x", isNumeric: true),
            OutputColumn("peak memory", isNumeric: true),
        ]
        let rows = results.flatMap { result in
            result.variants.enumerated().map { index, runs in
                [OutputCell.text(index == 0 ? result.name : ""), .text(runs.name)] + cells(runs, result)
            }
        }
        return TableWriter().text(columns: columns, rows: rows)
    }

    private func cells(_ runs: BenchmarkResult.Runs, _ result: BenchmarkResult) -> [OutputCell] {
        let wall = runs.statistics(.wall)
        return [
            .integer(runs.samples.count), median(.wall, runs),
            .text(wall.map { "\(Quantity.seconds($0.minimum))..\(Quantity.seconds($0.maximum))" } ?? ""),
            median(.rate, runs), .text(result.unit), median(.cpuPerUnit, runs), driver(runs),
            ratio(.wall, runs, result), ratio(.cpuPerUnit, runs, result), median(.peakMemory, runs),
        ]
    }

    private func median(_ metric: Metric, _ runs: BenchmarkResult.Runs) -> OutputCell {
        .text(runs.statistics(metric).map { metric.text($0.median) } ?? "")
    }

    /// CPU of the driving side for a unit of work.
    private func driver(_ runs: BenchmarkResult.Runs) -> OutputCell {
        let values = runs.samples.compactMap { sample in
            sample.work > 0 ? sample.driverCPU.map { $0 / Double(sample.work) } : nil
        }
        return .text(Statistics(values).map { Quantity.seconds($0.median) } ?? "")
    }

    private func ratio(_ metric: Metric, _ runs: BenchmarkResult.Runs, _ result: BenchmarkResult) -> OutputCell {
        .text(result.ratio(metric, of: runs).map(Quantity.ratio) ?? "")
    }

    private var barTable: String {
        let columns = ["bar", "variant", "limit", "measured", "verdict"].map { OutputColumn($0) }
        let rows = results.flatMap { result in
            result.verdicts.map { verdict in
                [
                    OutputCell.text(result.name), .text(verdict.bar.variant),
                    .text(verdict.bar.text(unit: result.unit)), .text(verdict.bar.text(of: verdict.measured)),
                    .text(verdict.holds ? "kept" : "MISSED"),
                ]
            }
        }
        return rows.isEmpty ? "" : TableWriter().text(columns: columns, rows: rows)
    }

    // MARK: For programs

    /// The stable form, schema `mssql.benchmark/1`: seconds, bytes and units of work, all samples in order.
    package var json: JSONValue {
        .object([
            ("schema", "mssql.benchmark/1"), ("machine", machine.json),
            ("benchmarks", .array(results.map(json(of:)))), ("missed", .integer(missed.count)),
        ])
    }

    private func json(of result: BenchmarkResult) -> JSONValue {
        .object([
            ("name", .string(result.name)), ("summary", .string(result.summary)), ("unit", .string(result.unit)),
            ("variants", .array(result.variants.map { json(of: $0, in: result) })),
            ("bars", .array(result.verdicts.map(json(of:)))),
        ])
    }

    private func json(of runs: BenchmarkResult.Runs, in result: BenchmarkResult) -> JSONValue {
        let medians = Metric.allCases.compactMap { metric in
            runs.statistics(metric).map { (name: metric.rawValue, value: number($0.median)) }
        }
        let ratios = Metric.allCases.compactMap { metric in
            result.ratio(metric, of: runs).map { (name: metric.rawValue, value: number($0)) }
        }
        return .object([
            ("name", .string(runs.name)), ("medians", .object(medians)), ("ratiosToFirst", .object(ratios)),
            ("samples", .array(runs.samples.map(json(of:)))),
        ])
    }

    private func json(of sample: Sample) -> JSONValue {
        var members: [(name: String, value: JSONValue)] = [
            ("wall", number(sample.wall)), ("user", number(sample.usage.user)),
            ("system", number(sample.usage.system)), ("peakMemory", .integer(sample.usage.peakMemory)),
            ("work", .integer(sample.work)),
        ]
        if let driver = sample.driverCPU { members.append(("driverCPU", number(driver))) }
        if let memory = sample.memory {
            members += [("memoryBefore", .integer(memory.before)), ("memoryAfter", .integer(memory.after))]
        }
        return .object(members)
    }

    private func json(of verdict: BenchmarkResult.Verdict) -> JSONValue {
        .object([
            ("variant", .string(verdict.bar.variant)), ("metric", .string(verdict.bar.metric.rawValue)),
            ("side", verdict.bar.side == .atMost ? "atMost" : "atLeast"), ("limit", number(verdict.bar.limit)),
            ("baseline", verdict.bar.baseline.map { .string($0) } ?? .null),
            ("measured", verdict.measured.map(number) ?? .null), ("holds", .bool(verdict.holds)),
        ])
    }

    private func number(_ value: Double) -> JSONValue { .number("\(value)") }
}
