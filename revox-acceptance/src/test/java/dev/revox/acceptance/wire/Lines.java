package dev.revox.acceptance.wire;

import dev.revox.line.CallLine;
import dev.revox.sip.SipCallLine;
import dev.revox.sip.SipSettings;
import dev.revox.sip.SipTrunk;

/** Lines to a telephone on loopback. */
final class Lines {

    private Lines() {}

    static CallLine to(int phonePort) {
        return SipCallLine.builder()
                .trunk(SipTrunk.of("sip:127.0.0.1:" + phonePort).name("phone"))
                .settings(SipSettings.DEFAULT.withBindAddress("127.0.0.1"))
                .build();
    }
}
