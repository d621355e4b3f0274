package dev.revox.assistant.tool;

/** The request method of an HTTP tool. */
public enum HttpMethod {
    GET("GET"),
    POST("POST"),
    PUT("PUT"),
    PATCH("PATCH"),
    DELETE("DELETE");

    private final String wireName;

    HttpMethod(String wireName) {
        this.wireName = wireName;
    }

    /** The value as the call API writes it. */
    public String wireName() {
        return wireName;
    }
}
