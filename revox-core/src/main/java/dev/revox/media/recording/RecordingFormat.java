package dev.revox.media.recording;

/** How recorded sound is written. Both formats can be read up to the last second or so when the process is killed. */
public enum RecordingFormat {
    /** PCM of 16 bits: 32 KB for each second of an 8 kHz line. */
    WAV(".wav"),
    /** Opus in Ogg: 4 KB for each second. */
    OGG_OPUS(".ogg");

    private final String extension;

    RecordingFormat(String extension) {
        this.extension = extension;
    }

    /** What such a file's name ends with. */
    public String extension() {
        return extension;
    }
}
