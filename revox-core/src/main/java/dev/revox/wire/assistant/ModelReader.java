package dev.revox.wire.assistant;

import dev.revox.assistant.LlmModel;
import dev.revox.secret.Secret;
import dev.revox.wire.json.Members;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code llm_model}, a union told apart by {@code type}. <b>Thread:</b> Immutable. */
public final class ModelReader {

    private static final Map<String, LlmModel.RealtimeProvider> PROVIDERS =
            WireNames.of(LlmModel.RealtimeProvider.values(), LlmModel.RealtimeProvider::wireName);

    private static final Map<String, Kind> KINDS = WireNames.of(Kind.values(), kind -> kind.type);

    private enum Kind {
        DEDICATED("dedicated-instance", ModelReader::dedicated),
        OPENROUTER("openrouter", ModelReader::openRouter),
        CUSTOM("custom", ModelReader::custom),
        REALTIME("realtime", ModelReader::realtime);

        private final String type;
        private final Function<Members, LlmModel> reader;

        Kind(String type, Function<Members, LlmModel> reader) {
            this.type = type;
            this.reader = reader;
        }
    }

    private ModelReader() {}

    /** Empty when the type is missing or unknown. */
    public static Optional<LlmModel> read(Members members) {
        members.require("type");
        return members.choice("type", KINDS).map(kind -> {
            LlmModel model = kind.reader.apply(members);
            members.finish();
            return model;
        });
    }

    private static LlmModel dedicated(Members members) {
        return new LlmModel.Dedicated(members.requiredText("name"));
    }

    private static LlmModel openRouter(Members members) {
        return new LlmModel.OpenRouter(
                members.requiredText("openrouter_model_id"), members.requiredText("openrouter_provider"));
    }

    private static LlmModel custom(Members members) {
        members.require("api_url");
        return new LlmModel.Custom(
                Secret.of(members.requiredText("api_key")),
                members.uri("api_url").orElse(URI.create("")),
                members.requiredText("model_name"));
    }

    private static LlmModel realtime(Members members) {
        members.require("provider");
        return new LlmModel.Realtime(
                members.choice("provider", PROVIDERS).orElse(LlmModel.RealtimeProvider.OPENAI),
                members.requiredText("realtime_model_id"),
                members.text("realtime_voice_id"));
    }
}
