package dev.revox.assistant.sound;

/** The clip that plays while the agent thinks. */
public enum ThinkingSound {
    CITY_AMBIENCE("city-ambience.ogg"),
    FOREST_AMBIENCE("forest-ambience.ogg"),
    OFFICE_AMBIENCE("office-ambience.ogg"),
    CROWDED_ROOM("crowded-room.ogg"),
    KEYBOARD_TYPING("keyboard-typing.ogg"),
    KEYBOARD_TYPING2("keyboard-typing2.ogg"),
    HOLD_MUSIC("hold_music.ogg");

    private final String wireName;

    ThinkingSound(String wireName) {
        this.wireName = wireName;
    }

    /** The value as the call API writes it. */
    public String wireName() {
        return wireName;
    }
}
