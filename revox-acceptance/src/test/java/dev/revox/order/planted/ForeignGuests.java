package dev.revox.order.planted;

import ai.onnxruntime.OrtEnvironment;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.openai.models.ChatModel;
import com.zaxxer.hikari.HikariConfig;
import de.focus_shift.jollyday.core.Holiday;
import dev.revox.order.planted.other.Neighbour;
import dev.revox.sip.media.MediaPlane;
import dev.revox.store.jdbc.JdbcStore;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.micrometer.core.instrument.MeterRegistry;
import io.modelcontextprotocol.spec.McpSchema;
import io.netty.buffer.ByteBuf;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import java.util.function.LongSupplier;
import javax.sip.Dialog;
import org.h2.engine.Constants;

/** Planted: every foreign type in a room of core, a clock by method reference, and half of a cycle. */
public final class ForeignGuests {

    public static final LongSupplier CLOCK = System::nanoTime;

    public List<Class<?>> guests() {
        return List.of(
                OrtEnvironment.class,
                ObjectMapper.class,
                PhoneNumberUtil.class,
                ChatModel.class,
                Holiday.class,
                MediaPlane.class,
                ByteBuf.class,
                McpSchema.class,
                MeterRegistry.class,
                Tracer.class,
                Dialog.class,
                OpusDecoder.class,
                SchedulerName.class,
                HikariConfig.class,
                Constants.class,
                JdbcStore.class,
                Neighbour.class);
    }
}
