internal import CZip
internal import Glibc
package import SurveyProblems

/// A zip file read part by part, with limits on what its headers may claim; the only door to libzip.
///
/// Headers may lie: a part is read to its declared size and one byte more, which must not come.
package final class ZipArchive {
    package let file: String
    /// Bytes of the file.
    package let byteCount: Int
    private let archive: OpaquePointer

    /// The most parts of an archive; a workbook has some dozens.
    static let partLimit = 10_000
    /// The most bytes of a part when it is unpacked.
    static let sizeLimit = 8 << 30
    /// How many times larger than packed a part may be, where it is larger than `freeSize`.
    static let ratioLimit = 200
    static let freeSize = 16 << 20

    /// Opens an archive; `onBytes` gets every byte of the file first, in order.
    package init(_ path: String, onBytes: ByteObserver? = nil) throws(Problem) {
        file = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadableFile(path, reason: String(cString: strerror(errno))) }
        do throws(Problem) {
            byteCount = try ZipArchive.size(of: descriptor, path)
            try ZipDirectory.check(descriptor, size: byteCount, file: path)
            if let onBytes { try ZipArchive.showAll(of: descriptor, path, to: onBytes) }
        } catch {
            close(descriptor)
            throw error
        }
        var failure: Int32 = 0
        guard lseek(descriptor, 0, SEEK_SET) == 0, let opened = zip_fdopen(descriptor, 0, &failure) else {
            close(descriptor)
            throw .damagedArchive(path, reason: ZipArchive.words(of: failure))
        }
        archive = opened
        let count = Int(zip_get_num_entries(archive, 0))
        guard count <= ZipArchive.partLimit else { throw .tooManyParts(count, limit: ZipArchive.partLimit, file: path) }
    }

    deinit { zip_discard(archive) }

    /// Opens a part by its name, in which case does not count; nil if there is none.
    package func part(_ name: String) throws(Problem) -> ZipPart? {
        let index = zip_name_locate(archive, name, zip_flags_t(ZIP_FL_NOCASE))
        guard index >= 0 else { return nil }
        var status = zip_stat_t()
        zip_stat_init(&status)
        guard zip_stat_index(archive, zip_uint64_t(index), 0, &status) == 0 else {
            throw .damagedPart(name, offset: 0, reason: reason, file: file)
        }
        guard status.encryption_method == ZIP_EM_NONE else { throw .encryptedPart(name, file: file) }
        guard status.comp_method == ZIP_CM_STORE || status.comp_method == ZIP_CM_DEFLATE else {
            throw .damagedPart(name, offset: 0, reason: "method \(status.comp_method)", file: file)
        }
        let (size, packed) = (Int(clamping: status.size), Int(clamping: status.comp_size))
        guard size <= ZipArchive.sizeLimit else {
            throw .partTooLarge(name, size: size, limit: ZipArchive.sizeLimit, file: file)
        }
        guard size <= ZipArchive.freeSize || size / ZipArchive.ratioLimit <= packed else {
            throw .zipBomb(name, size: size, packed: packed, limit: ZipArchive.ratioLimit, file: file)
        }
        guard let handle = zip_fopen_index(archive, zip_uint64_t(index), 0) else {
            throw .damagedPart(name, offset: 0, reason: reason, file: file)
        }
        return ZipPart(name: name, size: size, handle: handle, archive: self)
    }

    private var reason: String { String(cString: zip_strerror(archive)) }

    private static func size(of descriptor: Int32, _ path: String) throws(Problem) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .unreadableFile(path, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw .unreadableFile(path, reason: String(cString: strerror(isFolder ? EISDIR : ESPIPE)))
        }
        return Int(status.st_size)
    }

    private static func showAll(of descriptor: Int32, _ path: String, to observer: ByteObserver) throws(Problem) {
        let window = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { window.deallocate() }
        while true {
            let got = read(descriptor, window.baseAddress, window.count)
            if got == 0 { return }
            if got < 0 {
                if errno == EINTR { continue }
                throw .unreadableFile(path, reason: String(cString: strerror(errno)))
            }
            observer(UnsafeRawBufferPointer(rebasing: window[..<got]))
        }
    }

    private static func words(of code: Int32) -> String {
        var failure = zip_error_t()
        zip_error_init_with_code(&failure, code)
        defer { zip_error_fini(&failure) }
        return String(cString: zip_error_strerror(&failure))
    }
}

/// One part of a zip file, read forward once.
package final class ZipPart {
    package let name: String
    /// Bytes when unpacked, as its header says.
    package let size: Int
    /// Bytes unpacked so far.
    package private(set) var offset = 0
    private let handle: OpaquePointer
    private let archive: ZipArchive

    fileprivate init(name: String, size: Int, handle: OpaquePointer, archive: ZipArchive) {
        self.name = name
        self.size = size
        self.handle = handle
        self.archive = archive
    }

    deinit { zip_fclose(handle) }

    /// The file that the part belongs to.
    package var file: String { archive.file }

    /// Unpacks at most `count` bytes; 0 at the end.
    package func read(into target: UnsafeMutableRawPointer, count: Int) throws(Problem) -> Int {
        let got = Int(zip_fread(handle, target, zip_uint64_t(max(0, min(count, size - offset + 1)))))
        guard got >= 0 else {
            let reason = zip_file_strerror(handle).map { String(cString: $0) } ?? ""
            throw .damagedPart(name, offset: offset, reason: reason, file: file)
        }
        offset += got
        guard offset <= size, got > 0 || offset == size else {
            throw .lyingLength(name, offset: offset, size: size, file: file)
        }
        return got
    }

    /// The whole part, which must not be larger than `limit`.
    package func bytes(limit: Int) throws(Problem) -> [UInt8] {
        guard size <= limit else { throw .partTooLarge(name, size: size, limit: limit, file: file) }
        let window = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { window.deallocate() }
        guard let base = window.baseAddress else { return [] }
        var bytes: [UInt8] = []
        while true {
            let got = try read(into: base, count: window.count)
            if got == 0 { return bytes }
            bytes += window[..<got]
        }
    }
}
