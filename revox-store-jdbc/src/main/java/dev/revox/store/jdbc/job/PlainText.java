package dev.revox.store.jdbc.job;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Job data as UTF-8: nothing that is read from the table can become an object of another class. */
final class PlainText implements Serializer {
    @Override
    public byte[] serialize(@Nullable Object data) {
        return data == null ? new byte[0] : data.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public <T> T deserialize(Class<T> type, byte @Nullable [] bytes) {
        return type.cast(bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8));
    }
}
