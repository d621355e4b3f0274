package dev.revox.bench.rate;

import dev.revox.bench.peer.MeasuredProcess;
import dev.revox.bench.rate.side.BareJain;
import dev.revox.bench.rate.side.OwnLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who answers calls. */
enum Way {
    SIPP("sipp, its own answering scenario", false),
    KAMAILIO("kamailio, answers without state", false),
    FORWARD("kamailio, forwards without state to sipp", false),
    JAIN("JAIN-SIP alone, transactions", true),
    JAIN_DIALOGS("JAIN-SIP alone, dialogs too", true),
    SIGNALLING("Revox line, signalling alone", true),
    LINE("Revox line, with RTP", true),
    SIGNALLING_ZGC("Revox line, signalling alone, ZGC", true);

    private static final int FIRST_PORT = 16_060;
    private static final int BEHIND_PORT = 16_050;
    static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m");
    private static final List<String> ZGC = List.of("-Xms512m", "-Xmx512m", "-XX:+UseZGC");

    private final String text;
    private final boolean java;

    Way(String text, boolean java) {
        this.text = text;
        this.java = java;
    }

    String text() {
        return text;
    }

    boolean java() {
        return java;
    }

    int port() {
        return FIRST_PORT + List.of(values()).indexOf(this);
    }

    /** The processes of this way, the measured one first. */
    List<MeasuredProcess> start(int t1Ms) {
        String port = Integer.toString(port());
        String t1 = Integer.toString(t1Ms);
        List<MeasuredProcess> started = new ArrayList<>();
        switch (this) {
            case SIPP -> started.add(sippAnswering(port()));
            case KAMAILIO -> started.add(kamailio(answering()));
            case FORWARD -> {
                started.add(kamailio(forwarding()));
                started.add(sippAnswering(BEHIND_PORT));
            }
            case JAIN -> started.add(MeasuredProcess.java(HEAP, BareJain.class, List.of("off", port, t1)));
            case JAIN_DIALOGS -> started.add(MeasuredProcess.java(HEAP, BareJain.class, List.of("on", port, t1)));
            case SIGNALLING -> started.add(own(HEAP, "signalling", port, t1));
            case SIGNALLING_ZGC -> started.add(own(ZGC, "signalling", port, t1));
            case LINE -> started.add(own(HEAP, "media", port, t1));
        }
        return started;
    }

    private static MeasuredProcess own(List<String> options, String kind, String port, String t1) {
        return MeasuredProcess.java(options, OwnLine.class, List.of("answer", kind, port, "9", t1));
    }

    /** sipp's built-in scenario of the called side. */
    static MeasuredProcess sippAnswering(int port) {
        return MeasuredProcess.start(List.of(
                "sipp",
                "-sn",
                "uas",
                "-i",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-mp",
                Integer.toString(port + 2000),
                "-nostdin"));
    }

    private MeasuredProcess kamailio(String route) {
        try {
            Path folder = Files.createTempDirectory("revox-kamailio");
            Path config = folder.resolve("kamailio.cfg");
            Files.writeString(config, """
                    debug=0
                    log_stderror=yes
                    fork=yes
                    children=2
                    disable_tcp=yes
                    auto_aliases=no
                    dns=no
                    rev_dns=no
                    listen=udp:127.0.0.1:%d
                    loadmodule "sl.so"
                    loadmodule "pv.so"
                    loadmodule "textops.so"
                    request_route {
                    %s}
                    """.formatted(port(), route));
            return MeasuredProcess.start(List.of(
                    "kamailio",
                    "-DD",
                    "-E",
                    "-f",
                    config.toString(),
                    "-Y",
                    folder.toString(),
                    "-P",
                    folder.resolve("pid").toString(),
                    "-w",
                    folder.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answering() {
        return """
                  if (method == "INVITE") {
                    sl_send_reply("180", "Ringing");
                    append_to_reply("Contact: <sip:kamailio@127.0.0.1:%d>\\r\\n");
                    set_reply_body("v=0\\r\\no=- 1 1 IN IP4 127.0.0.1\\r\\ns=-\\r\\nc=IN IP4 127.0.0.1\\r\\nt=0 0\\r\\nm=audio 9 RTP/AVP 0 101\\r\\na=rtpmap:0 PCMU/8000\\r\\na=rtpmap:101 telephone-event/8000\\r\\n", "application/sdp");
                    sl_send_reply("200", "OK");
                  } else if (method == "BYE") {
                    sl_send_reply("200", "OK");
                  }
                """.formatted(port());
    }

    private static String forwarding() {
        return """
                  $du = "sip:127.0.0.1:%d";
                  forward();
                """.formatted(BEHIND_PORT);
    }
}
