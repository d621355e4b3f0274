package dev.revox.bench.clip;

import java.util.List;

/** A caller's turn as sound, and where its parts are. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Clip(int number, String kind, short[] pcm, List<Part> parts) {

    public static final int RATE_HZ = 16_000;

    /** What is said between two pauses. <b>Units:</b> samples. */
    public record Part(int start, int end, String text) {}

    /** Where the caller's turn is over. */
    public double endMs() {
        return parts.getLast().end() * 1000.0 / RATE_HZ;
    }

    double lengthMs() {
        return pcm.length * 1000.0 / RATE_HZ;
    }

    /**
     * What was said by then, in whole words. Within a part words are taken to be as long as they are written; what the part ends
     * with is certain.
     */
    String textBy(double ms) {
        StringBuilder text = new StringBuilder();
        int sample = (int) (ms * RATE_HZ / 1000);
        for (Part part : parts) {
            if (sample >= part.end()) {
                text.append(text.isEmpty() ? "" : " ").append(part.text());
            } else if (sample > part.start()) {
                long share = (long) part.text().length() * (sample - part.start()) / (part.end() - part.start());
                int space = part.text().lastIndexOf(' ', (int) share);
                text.append(text.isEmpty() || space < 0 ? "" : " ").append(part.text(), 0, Math.max(0, space));
            }
        }
        return text.toString();
    }
}
