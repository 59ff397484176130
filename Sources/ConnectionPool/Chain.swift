/// The ends of a doubly linked list of indices, whose links are in a ``ChainLinks``.
struct Chain: Sendable {
    /// The first index; nil when the chain is empty.
    fileprivate(set) var first: Int?
    /// The last index; nil when the chain is empty.
    fileprivate(set) var last: Int?
}

/// The links of chains.
///
/// An index is in one chain at most. Every operation costs a constant.
struct ChainLinks: Sendable {
    private var links: [(previous: Int?, next: Int?)] = []

    /// The index behind another one in its chain.
    func next(of index: Int) -> Int? { links[index].next }

    /// Puts an index into a chain in front of another one, or at the end.
    mutating func insert(_ index: Int, into chain: inout Chain, before next: Int? = nil) {
        while links.count <= index { links.append((nil, nil)) }
        let previous = next.map { links[$0].previous } ?? chain.last
        links[index] = (previous, next)
        if let previous { links[previous].next = index } else { chain.first = index }
        if let next { links[next].previous = index } else { chain.last = index }
    }

    /// Takes an index out of its chain.
    mutating func remove(_ index: Int, from chain: inout Chain) {
        let (previous, next) = links[index]
        if let previous { links[previous].next = next } else { chain.first = next }
        if let next { links[next].previous = previous } else { chain.last = previous }
        links[index] = (nil, nil)
    }
}
