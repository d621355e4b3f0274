package dev.revox.sip.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The SIP messages of one call, without credentials, keys, identity tokens, DTMF and with telephone numbers masked.
 *
 * <p><b>Thread:</b> Immutable.
 *
 * @param omitted messages that came when the call's share was used up
 */
public record SipTrace(List<TracedMessage> messages, int omitted) {

    public SipTrace {
        messages = List.copyOf(messages);
    }

    /** For people: each message behind a line with its time, way and addresses. */
    public String text() {
        StringBuilder all = new StringBuilder();
        for (TracedMessage message : messages) {
            all.append("---- ")
                    .append(message.at())
                    .append(message.sent() ? " sent " : " received ")
                    .append(message.from())
                    .append(" -> ")
                    .append(message.to())
                    .append('\n')
                    .append(message.text().stripTrailing())
                    .append("\n\n");
        }
        if (omitted > 0) {
            all.append("---- ").append(omitted).append(" more messages were not kept\n");
        }
        return all.toString();
    }

    public void writeText(Path file) throws IOException {
        Files.writeString(file, text(), StandardCharsets.UTF_8);
    }

    /**
     * For Wireshark and tcpdump: a capture file with each message in a UDP packet of its own, whatever carried it.
     *
     * @throws IOException when the file cannot be written
     */
    public void writePcap(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(Pcap.of(messages));
        }
    }

    /** How many messages; nothing of what they say. */
    @Override
    public String toString() {
        return "SipTrace(" + messages.size() + " messages)";
    }
}
