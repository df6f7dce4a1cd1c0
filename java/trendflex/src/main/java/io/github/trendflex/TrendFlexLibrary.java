package io.github.trendflex;

import java.nio.file.Path;

/// Tells what computes, the native library or Java: the facts that a support ticket needs.
/// Thread-safe.
///
/// `-Dtrendflex.engine` chooses the engine:
///
/// - `auto`, the default: the native library. Where it cannot be had (the jar has none for this
///   system, there is no place that it may be written to and executed in, or Java denies native
///   access or has none), Java computes the same bits, after one warning to the [System.Logger] of
///   the name `io.github.trendflex`. A library that is there but wrong is an error all the same:
///   one that is damaged, is another library or has another ABI version, or a file that was named.
/// - `native`: the native library or an error.
/// - `java`: Java, and the native library is never loaded, except by the methods here that tell
///   about it.
///
/// The native library is loaded at the first use of anything that computes, except a
/// [TrendFlexStream] with a state of its own that takes less than ten million prices at once.
/// `-Dtrendflex.library.path=FILE` names its file. Otherwise it comes from
/// `META-INF/native/<platform>/` in the jar and is written, under a name that carries the hash of
/// its content, to a directory that only the user can write to: `trendflex` in the user's cache
/// directory (`$XDG_CACHE_HOME` or `~/.cache` on Linux, `~/Library/Caches` on macOS,
/// `%LOCALAPPDATA%` on Windows). If that cannot be used, the directory is `trendflex-<user>` in the
/// JVM's directory for temporary files; `<user>` is the user's number, or the name on Windows. If
/// neither can be used, each class loader has a file in memory on Linux. With
/// `-Dtrendflex.tmpdir=DIRECTORY` the directory is `trendflex-<user>` in that one, and nothing else
/// is tried.
///
/// A file that is found there is used only if it belongs to the user and has the content of the
/// jar's file. Any number of class loaders and JVMs share it. Files of other releases stay; they
/// may be deleted.
public final class TrendFlexLibrary {
    private TrendFlexLibrary() {}

    /// Loads the native library now instead of at the first use, so that a problem shows when a
    /// program starts.
    ///
    /// @throws TrendFlexLibraryException if it cannot be loaded; the message says what was looked
    ///   for, where, and what to do
    public static void load() {
        NativeBinding.load();
    }

    /// {@return the engine that computes, which is chosen at its first use or here}
    ///
    /// @throws TrendFlexLibraryException if the native library is wrong, if it cannot be had and
    ///   `-Dtrendflex.engine=native` demands it, or if that property names no engine
    public static TrendFlexEngine engine() {
        return Engine.current().name();
    }

    /// {@return the version of the native library}
    ///
    /// @throws TrendFlexLibraryException if it cannot be loaded
    public static String version() {
        return NativeBinding.version();
    }

    /// {@return the version of the interface between Java and the native library}
    ///
    /// @throws TrendFlexLibraryException if the native library cannot be loaded
    public static int abiVersion() {
        return NativeBinding.abiVersion();
    }

    /// {@return the kernel that [Kernel#AUTO] stands for on this CPU, or [Kernel#AUTO] itself if
    /// the engine in Java computes}
    ///
    /// @throws TrendFlexLibraryException as [#engine()]
    public static Kernel kernel() {
        return Engine.current().bestKernel();
    }

    /// {@return the file of the native library; `/proc/self/fd/N`, with a number for N, if it is in
    /// memory}
    ///
    /// @throws TrendFlexLibraryException if it cannot be loaded
    public static Path path() {
        return NativeBinding.path();
    }
}
