package dev.revox.sip;

import dev.revox.phone.PhoneNumber;
import dev.revox.sip.location.Target;
import dev.revox.sip.signaling.session.TrunkRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which hosts belong to the trunks: who may call us, and who may see an answer to a challenge. <b>Thread:</b> Thread-safe. */
final class TrustedHosts {

    private static final Pattern URI_HOST =
            Pattern.compile("<?sips?:(?:[^@>]*@)?(\\[[0-9A-Fa-f:.]+]|[^:;>?]+).*", Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+]");

    private final List<SipTrunk> trunks;

    TrustedHosts(List<SipTrunk> trunks) {
        this.trunks = trunks;
    }

    boolean letsIn(InetAddress source) {
        return trunks.stream().anyMatch(trunk -> trunk.letsIn(source));
    }

    /** The trunk that an address calls from; only for an address that is let in. */
    SipTrunk trunkOf(InetAddress source) {
        return trunks.stream().filter(trunk -> trunk.letsIn(source)).findFirst().orElse(trunks.getFirst());
    }

    /**
     * True when the first hop of a request is the trunk itself: by name, by one of the addresses of its name, or by an
     * address that the operator listed as the trunk's. Looks a name up at most for the trunk's own host.
     */
    boolean mayBeShownCredentials(SipTrunk trunk, String hopUri) {
        Matcher matcher = URI_HOST.matcher(hopUri);
        if (!matcher.matches()) {
            return false;
        }
        String host = matcher.group(1);
        if (host.equalsIgnoreCase(trunk.host())) {
            return true;
        }
        if (!LITERAL.matcher(host).matches()) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            return trunk.letsIn(address)
                    || List.of(InetAddress.getAllByName(trunk.host())).contains(address);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** What a call by this trunk, at one of its targets, may do. */
    TrunkRules rulesOf(SipTrunk trunk, Target target) {
        return new TrunkRules() {
            @Override
            public String name() {
                return trunk.trunkName();
            }

            @Override
            public boolean own(String uri) {
                return target.isNamedBy(uri) || mayBeShownCredentials(trunk, uri);
            }

            @Override
            public boolean letsIn(InetAddress source) {
                return trunk.letsIn(source);
            }

            @Override
            public String uriOf(PhoneNumber number) {
                return trunk.plan().uriOf(number);
            }
        };
    }
}
