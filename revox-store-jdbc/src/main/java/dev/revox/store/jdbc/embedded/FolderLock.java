package dev.revox.store.jdbc.embedded;

import dev.revox.RevoxException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every other store, of this process and of others, away from a folder. The operating system lets go of it when the process
 * ends, however it ends.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    static FolderLock take(Path folder) {
        try {
            Path made = Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(made.resolve("revox.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new RevoxException(
                        "another store has the folder open: an embedded store is for one engine; close that one, or let"
                                + " both use PostgreSQL",
                        true);
            }
            return new FolderLock(channel, lock);
        } catch (IOException failure) {
            throw new RevoxException(
                    "folder cannot be used: it must be a folder that this process may write to", failure, false);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ownProcess) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
