package dev.revox.bench.rate;

/** What a thread of a Java process is there for, by the 15 characters of its name that the kernel keeps. */
final class Share {
    private Share() {}

    /** The compilers' work ends when all is compiled; it is no part of a call. */
    static boolean compiler(String thread) {
        return thread.contains("CompilerThre") || thread.startsWith("Sweeper") || thread.startsWith("Compile");
    }

    static String of(Way way, String thread) {
        if (!way.java()) {
            return "process";
        }
        if (compiler(thread)) {
            return "(compilers)";
        }
        if (thread.startsWith("G1")
                || thread.startsWith("GC")
                || thread.startsWith("VM")
                || thread.startsWith("Concurrent")) {
            return "GC and VM";
        }
        if (thread.startsWith("revox-sip-pars") || thread.startsWith("UDPMessageChan")) {
            return "parsers and listener";
        }
        if (thread.startsWith("revox-sip")) {
            return "mailboxes and sending";
        }
        if (thread.startsWith("revox-media")) {
            return "media loop";
        }
        return thread;
    }
}
