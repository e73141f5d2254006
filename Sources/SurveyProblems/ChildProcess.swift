internal import Glibc

/// Runs a program without a shell: an argument vector, bytes in, bytes out, and an end in bounded time.
package enum ChildProcess {
    /// How a program ended.
    package enum Outcome {
        /// It ended by itself; the status is its exit status, or 128 and the signal that killed it.
        case ended(status: Int32, output: [UInt8], errors: [UInt8])
        /// It was stopped because it took too long or wrote too much.
        case stopped
        /// It could not be started; the reason is the system's own.
        case notStarted(reason: String)
    }

    /// The most bytes that a program may write to one stream.
    package static let outputLimit = 16 << 20

    /// Runs a program with a fixed environment (the search path, a neutral locale, and the variables named in `keeping`)
    /// and waits for its end.
    ///
    /// The three streams are sockets: a program that stops reading cannot kill the caller by a signal. A program is also
    /// stopped when `isCancelled` says so.
    package static func run(
        _ path: String, arguments: [String], input: [UInt8], seconds: Double, keeping variables: [String] = [],
        isCancelled: () -> Bool = { false }
    ) -> Outcome {
        var streams = [Stream(), Stream(), Stream()]
        defer { for place in streams.indices { streams[place].close() } }
        for place in streams.indices {
            guard streams[place].open() else { return .notStarted(reason: lastError()) }
        }
        streams[0].bytes = input
        var process: pid_t = 0
        let code = spawn(&process, path, arguments, keeping: variables, descriptors: streams.map(\.inner))
        guard code == 0 else { return .notStarted(reason: String(cString: strerror(code))) }
        for place in streams.indices { streams[place].closeInner() }
        let limit = ContinuousClock.now.advanced(by: .seconds(seconds))
        while streams[1].isOpen || streams[2].isOpen {
            guard ContinuousClock.now < limit, !isCancelled(), exchange(&streams) else { return stopped(process) }
        }
        while true {
            var raw: Int32 = 0
            let found = waitpid(process, &raw, WNOHANG)
            if found == process {
                return .ended(status: exitStatus(raw), output: streams[1].bytes, errors: streams[2].bytes)
            }
            guard found == 0 || errno == EINTR else { return .notStarted(reason: lastError()) }
            guard ContinuousClock.now < limit, !isCancelled() else { return stopped(process) }
            usleep(500)
        }
    }

    /// One stream of a program: the caller's end, the program's end, and the bytes still to send or taken so far.
    private struct Stream {
        var outer: Int32 = -1
        var inner: Int32 = -1
        var bytes: [UInt8] = []
        private var sent = 0
        var isOpen: Bool { outer >= 0 }

        mutating func open() -> Bool {
            var ends: [Int32] = [-1, -1]
            let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return false }
            (outer, inner) = (ends[0], ends[1])
            return true
        }

        /// Sends what fits; closes the stream when all is sent or nobody reads.
        mutating func send() {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(outer, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count < 0, errno == EINTR || errno == EAGAIN { return }
            sent += max(0, count)
            if count < 0 || sent == bytes.count { closeOuter() }
        }

        /// Takes what is there; false when the program wrote more than it may.
        mutating func take() -> Bool {
            var window = [UInt8](repeating: 0, count: 1 << 16)
            let count = read(outer, &window, window.count)
            if count < 0, errno == EINTR || errno == EAGAIN { return true }
            guard count > 0 else {
                closeOuter()
                return true
            }
            bytes.append(contentsOf: window[..<count])
            return bytes.count <= outputLimit
        }

        mutating func closeInner() {
            if inner >= 0 { Glibc.close(inner) }
            inner = -1
        }

        mutating func closeOuter() {
            if outer >= 0 { Glibc.close(outer) }
            outer = -1
        }

        mutating func close() {
            closeInner()
            closeOuter()
        }
    }

    /// Waits a moment for any stream and serves those that are ready; false when the program wrote too much.
    private static func exchange(_ streams: inout [Stream]) -> Bool {
        var polled = streams.enumerated().map { place, stream in
            pollfd(fd: stream.outer, events: Int16(place == 0 ? POLLOUT : POLLIN), revents: 0)
        }
        guard poll(&polled, nfds_t(polled.count), 100) >= 0 else { return errno == EINTR }
        for place in streams.indices where polled[place].revents != 0 && streams[place].isOpen {
            if place == 0 {
                streams[place].send()
            } else if !streams[place].take() {
                return false
            }
        }
        return true
    }

    private static func stopped(_ process: pid_t) -> Outcome {
        kill(process, SIGKILL)
        var raw: Int32 = 0
        while waitpid(process, &raw, 0) < 0, errno == EINTR {}
        return .stopped
    }

    private static func spawn(
        _ process: inout pid_t, _ path: String, _ arguments: [String], keeping variables: [String],
        descriptors: [Int32]
    ) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (place, descriptor) in descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(place))
        }
        var environment = ["PATH=" + (ProgramPath.ofProcess ?? ""), "LC_ALL=C.UTF-8"]
        environment += variables.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        var settings = environment.map { strdup($0) } + [nil]
        defer { (words + settings).forEach { free($0) } }
        return posix_spawn(&process, path, &actions, nil, &words, &settings)
    }

    private static func exitStatus(_ raw: Int32) -> Int32 {
        let signal = raw & 0x7F
        return signal == 0 ? (raw >> 8) & 0xFF : 128 + signal
    }

    private static func lastError() -> String { String(cString: strerror(errno)) }
}
