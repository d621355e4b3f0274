package dev.revox.attempt;

/** Why the agent or the system ended a call; a user's hang-up has none. */
public enum EndReason {
    TOOL_END_CALL("tool_end_call"),
    VOICEMAIL("voicemail"),
    TRANSFER("transfer"),
    IVR_NO_NAVIGATE("ivr_no_navigate"),
    IVR_LOOP("ivr_loop"),
    SCREENING_REJECTED("screening_rejected"),
    USER_SILENCE("user_silence"),
    MAX_DURATION("max_duration"),
    MEDIA_TIMEOUT("media_timeout"),
    SESSION_EXPIRED("session_expired"),
    PROVIDER_FAILURE("provider_failure"),
    CANCELLED("cancelled"),
    SHUTDOWN("shutdown"),
    ENGINE_LOST("engine_lost"),
    INTERNAL_ERROR("internal_error");

    private final String wireName;

    EndReason(String wireName) {
        this.wireName = wireName;
    }

    /** The value as the call API writes it. */
    public String wireName() {
        return wireName;
    }
}
