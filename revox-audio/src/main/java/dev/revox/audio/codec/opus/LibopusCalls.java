package dev.revox.audio.codec.opus;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The functions of libopus that are called, looked up when this class is first touched.
 *
 * <p>Where libopus cannot be used, {@link #PROBLEM} says why and the handles do nothing.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class LibopusCalls {

    static final int SET_BITRATE = 4002;
    static final int SET_MAX_BANDWIDTH = 4004;
    static final int SET_COMPLEXITY = 4010;
    static final int SET_INBAND_FEC = 4012;
    static final int SET_PACKET_LOSS_PERCENT = 4014;
    static final int SET_DTX = 4016;
    static final int SET_SIGNAL = 4024;
    static final int RESET_STATE = 4028;

    static final int APPLICATION_VOIP = 2048;
    static final int BANDWIDTH_WIDEBAND = 1103;
    static final int SIGNAL_VOICE = 3001;

    /** {@code int opus_decoder_get_size(int channels)}. */
    static final MethodHandle DECODER_SIZE;

    /** {@code int opus_decoder_init(state, rate, channels)}. */
    static final MethodHandle DECODER_INIT;

    /** {@code int opus_decode(state, data, length, pcm, samples, fec)}. */
    static final MethodHandle DECODE;

    /** {@code int opus_decoder_ctl(state, request, ...)}. */
    static final MethodHandle DECODER_CONTROL;

    /** {@code int opus_encoder_get_size(int channels)}. */
    static final MethodHandle ENCODER_SIZE;

    /** {@code int opus_encoder_init(state, rate, channels, application)}. */
    static final MethodHandle ENCODER_INIT;

    /** {@code int opus_encode(state, pcm, samples, data, maxBytes)}. */
    static final MethodHandle ENCODE;

    /** {@code int opus_encoder_ctl(state, request, ...)}. */
    static final MethodHandle ENCODER_CONTROL;

    /** Why libopus cannot be used, empty where it can. */
    static final String PROBLEM;

    /** What libopus calls itself, for example "libopus 1.3.1". */
    static final String VERSION;

    /** By the names under which Debian, Fedora, macOS and Homebrew install it. */
    private static final List<String> NAMES =
            List.of("libopus.so.0", "libopus.0.dylib", "/opt/homebrew/lib/libopus.0.dylib");

    private static final Pattern RELEASE = Pattern.compile("libopus (\\d+)\\.(\\d+).*");
    private static final int NO_VARIADIC = -1;

    static {
        Loaded loaded = load(NAMES);
        PROBLEM = loaded.problem();
        VERSION = loaded.version();
        DECODER_SIZE = loaded.call(Call.DECODER_SIZE);
        DECODER_INIT = loaded.call(Call.DECODER_INIT);
        DECODE = loaded.call(Call.DECODE);
        DECODER_CONTROL = loaded.call(Call.DECODER_CONTROL);
        ENCODER_SIZE = loaded.call(Call.ENCODER_SIZE);
        ENCODER_INIT = loaded.call(Call.ENCODER_INIT);
        ENCODE = loaded.call(Call.ENCODE);
        ENCODER_CONTROL = loaded.call(Call.ENCODER_CONTROL);
    }

    private LibopusCalls() {}

    /** What opening the library gave: a reason why not, or its functions. */
    record Loaded(String problem, String version, Map<Call, MethodHandle> calls) {

        MethodHandle call(Call wanted) {
            return calls.getOrDefault(wanted, MethodHandles.empty(wanted.type));
        }
    }

    enum Call {
        DECODER_SIZE("opus_decoder_get_size", NO_VARIADIC, int.class),
        DECODER_INIT("opus_decoder_init", NO_VARIADIC, long.class, int.class, int.class),
        DECODE("opus_decode", NO_VARIADIC, long.class, long.class, int.class, long.class, int.class, int.class),
        DECODER_CONTROL("opus_decoder_ctl", 2, long.class, int.class, int.class),
        ENCODER_SIZE("opus_encoder_get_size", NO_VARIADIC, int.class),
        ENCODER_INIT("opus_encoder_init", NO_VARIADIC, long.class, int.class, int.class, int.class),
        ENCODE("opus_encode", NO_VARIADIC, long.class, long.class, int.class, long.class, int.class),
        ENCODER_CONTROL("opus_encoder_ctl", 2, long.class, int.class, int.class);

        private final String symbol;
        private final int firstVariadic;
        private final MethodType type;

        Call(String symbol, int firstVariadic, Class<?>... arguments) {
            this.symbol = symbol;
            this.firstVariadic = firstVariadic;
            type = MethodType.methodType(int.class, arguments);
        }
    }

    static Loaded load(List<String> names) {
        try {
            ForeignLibrary library = ForeignLibrary.open(names);
            MethodHandle name =
                    library.function("opus_get_version_string", MethodType.methodType(long.class), NO_VARIADIC);
            String version = library.text((long) name.invokeExact());
            if (!recentEnough(version)) {
                throw new ForeignLibrary.Refused(version + " is too old; 1.2 or later is needed", null);
            }
            Map<Call, MethodHandle> calls = new EnumMap<>(Call.class);
            for (Call call : Call.values()) {
                calls.put(call, library.function(call.symbol, call.type, call.firstVariadic));
            }
            return new Loaded("", version, calls);
        } catch (ForeignLibrary.Refused refused) {
            return new Loaded(String.valueOf(refused.getMessage()), "", Map.of());
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** 1.2 of 2017 or later: earlier ones lack the present redundancy and repairs of hostile packets. */
    static boolean recentEnough(String version) {
        Matcher release = RELEASE.matcher(version);
        if (!release.matches()) {
            return false;
        }
        int major = Integer.parseInt(release.group(1));
        return major > 1 || (major == 1 && Integer.parseInt(release.group(2)) >= 2);
    }

    /** What a call threw that it cannot throw: foreign functions have no exceptions. */
    static RuntimeException impossible(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
    }
}
