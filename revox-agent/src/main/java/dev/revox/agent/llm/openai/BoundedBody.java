package dev.revox.agent.llm.openai;

import dev.revox.agent.http.OversizeException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A response body that refuses to grow without end: neither as a whole nor in one line, since the reader of server-sent
 * events collects a line before it looks at it.
 *
 * <p><b>Thread:</b> Confined to the exchange's thread, but for {@link #close()}.
 */
final class BoundedBody extends FilterInputStream {

    static final int LONGEST_LINE_BYTES = 1 << 20;
    static final long LONGEST_BODY_BYTES = 8L << 20;

    private long totalBytes;
    private int lineBytes;

    BoundedBody(InputStream body) {
        super(body);
    }

    @Override
    public int read() throws IOException {
        int next = in.read();
        if (next >= 0) {
            count((byte) next);
        }
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        for (int i = 0; i < read; i++) {
            count(target[offset + i]);
        }
        return read;
    }

    private void count(byte next) throws OversizeException {
        lineBytes = next == '\n' ? 0 : lineBytes + 1;
        if (lineBytes > LONGEST_LINE_BYTES) {
            throw new OversizeException("a line of the answer", LONGEST_LINE_BYTES);
        }
        if (++totalBytes > LONGEST_BODY_BYTES) {
            throw new OversizeException("the answer", LONGEST_BODY_BYTES);
        }
    }
}
