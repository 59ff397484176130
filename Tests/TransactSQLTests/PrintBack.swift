import Testing
import TransactSQL

/// Parses a batch, prints its tree, and compares what comes of it.
enum PrintBack {
    /// What became of a batch.
    enum Outcome: Equatable {
        case same
        /// A statement without a tree.
        case refused
        case invalid(SyntaxError)
        /// What the printed text lost or changed.
        case different(String)
    }

    static func check(_ batch: String, quotedIdentifier: Bool = true) -> Outcome {
        do throws(SyntaxError) {
            let tree = try Parser.parse(batch: batch, quotedIdentifier: quotedIdentifier)
            guard let printed = SyntaxPrinter.text(of: tree) else { return .refused }
            let tokens = try SignificantTokens(batch, quotedIdentifier: quotedIdentifier)
            let printedTokens = try SignificantTokens(printed, quotedIdentifier: quotedIdentifier)
            guard tokens.matches(printedTokens) else {
                return .different("tokens: " + tokens.difference(printedTokens))
            }
            return try Parser.parse(batch: printed, quotedIdentifier: quotedIdentifier) == tree
                ? .same : .different("tree of \(printed.prefix(400))")
        } catch {
            return .invalid(error)
        }
    }

    /// Whether a changed batch is refused, or has a tree that survives printing; its tokens are not compared.
    static func survives(_ batch: String, quotedIdentifier: Bool) -> Bool {
        do throws(SyntaxError) {
            let tree = try Parser.parse(batch: batch, quotedIdentifier: quotedIdentifier)
            guard tree.allSatisfy({ $0.range.offsets.upperBound <= batch.utf8.count }) else { return false }
            guard let printed = SyntaxPrinter.text(of: tree) else { return true }
            return isTree(tree, of: printed, quotedIdentifier)
        } catch {
            return error.line >= 1 && error.position.offset <= batch.utf8.count
        }
    }

    private static func isTree(_ tree: [Statement], of text: String, _ quotedIdentifier: Bool) -> Bool {
        do throws(SyntaxError) {
            return try Parser.parse(batch: text, quotedIdentifier: quotedIdentifier) == tree
        } catch {
            Issue.record("\(error) in printed \(text.prefix(400))")
            return false
        }
    }
}
