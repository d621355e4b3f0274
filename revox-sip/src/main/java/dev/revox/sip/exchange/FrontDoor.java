package dev.revox.sip.exchange;

import dev.revox.secret.Secret;
import dev.revox.sip.digest.DigestServer;
import dev.revox.sip.digest.DigestServer.Verdict;
import dev.revox.sip.signaling.IncomingRequest;
import dev.revox.sip.signaling.SipFrame;
import dev.revox.sip.signaling.SipReply;
import dev.revox.sip.signaling.switchboard.Switchboard;
import dev.revox.time.TimeSource;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/**
 * Who may call: the trunks' addresses, and whoever shows a password that a trunk lets in. All others get the same answer: a 403 or, where
 * there is a password to show, a 401 to an INVITE. Neither makes any state.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
public final class FrontDoor implements Switchboard.Door {

    private static final int KEY_BYTES = 32;

    private final TrustedHosts trusted;
    private final Optional<DigestServer> passwords;

    /**
     * A door.
     *
     * @param realm shown to those who are asked for a password
     */
    public FrontDoor(TrustedHosts trusted, String realm, SecureRandom random, TimeSource time) {
        this.trusted = trusted;
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        Map<String, Secret> users = trusted.callers();
        passwords = users.isEmpty() ? Optional.empty() : Optional.of(new DigestServer(realm, users, key, time));
    }

    @Override
    public Optional<SipReply> refusal(IncomingRequest request) {
        SipFrame frame = request.frame();
        InetAddress source = frame.source().getAddress();
        if (trusted.letsIn(source)) {
            return Optional.empty();
        }
        if (passwords.isEmpty()
                || !frame.method().equals("INVITE")
                || !frame.toTag().isEmpty()) {
            return Optional.of(SipReply.of(403));
        }
        String transaction = frame.branch() + " " + frame.cseq();
        Verdict verdict = passwords
                .get()
                .judge(frame.values("Authorization"), frame.method(), request.uri(), transaction, source);
        return switch (verdict) {
            case Verdict.Accepted accepted -> Optional.empty();
            case Verdict.Refused refused -> Optional.of(challenge(source, refused.stale()));
        };
    }

    private SipReply challenge(InetAddress source, boolean stale) {
        SipReply reply = SipReply.of(401);
        for (String challenge : passwords.orElseThrow().challenges(source, stale)) {
            reply = reply.with("WWW-Authenticate", challenge);
        }
        return reply;
    }

    /** The number, from 0, of the trunk that a call came by which was let in. */
    public int trunkOf(IncomingRequest invite) {
        SipFrame frame = invite.frame();
        InetAddress source = frame.source().getAddress();
        if (trusted.letsIn(source)) {
            return trusted.numberOf(source);
        }
        return passwords
                .flatMap(server -> server.userOf(frame.values("Authorization"), frame.method(), invite.uri()))
                .map(trusted::numberOf)
                .orElse(0);
    }
}
