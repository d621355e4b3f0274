package dev.revox.audio.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where the bytes of a recording go, front to back.
 *
 * <p><b>Thread:</b> Confined to the recording thread; blocks on the disk.
 */
interface RecordingOutput extends Closeable {

    /** Takes a buffer up to its limit. */
    void write(ByteBuffer bytes) throws IOException;

    /** From here on what was written can be read, even if the process is killed. */
    void keep() throws IOException;

    /** An empty file, in the place of what may be there. */
    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** Bytes as they are. */
    static RecordingOutput plain(Path file) throws IOException {
        FileChannel channel = open(file);
        return new RecordingOutput() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                while (bytes.hasRemaining()) {
                    int unused = channel.write(bytes);
                }
            }

            @Override
            public void keep() {}

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
